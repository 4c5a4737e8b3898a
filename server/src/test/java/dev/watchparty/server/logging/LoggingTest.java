package dev.watchparty.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LoggingTest {
    private static final Pattern EVENT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (INFO |WARN ) \\[main] \\w+ - .*");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    @Test
    void writesOneLineForEachEventWhateverItsText() throws Exception {
        List<String> lines = text(TestingLogProgram.run(Map.of()));

        assertThat(lines).hasSize(TestingLogProgram.EVENTS_AT_INFO).allMatch(line -> EVENT.matcher(line)
                .matches());
        assertThat(lines).noneMatch(line -> UNSAFE.matcher(line).find());
        assertThat(lines).noneMatch(line -> line.startsWith(TestingLogProgram.FORGED));
        assertThat(line(lines, "hostile message"))
                .endsWith("hostile message: a\\r\\n" + TestingLogProgram.FORGED
                        + "\\u0085\\u2028\\u2029\\u000b\\u000c\\u001b[2J\\u0000\\u202e\\u2066\\u007f");
        assertThat(line(lines, "hostile value")).contains("hostile=\"a\\r\\n");
        assertThat(line(lines, "hostile exception"))
                .contains("java.lang.IllegalStateException: a\\r\\n")
                .contains("\\n\\tat dev.watchparty.server.logging.TestingLogProgram.main(");
    }

    @Test
    void writesKeysAndValuesAfterTheMessage() throws Exception {
        List<String> lines = text(TestingLogProgram.run(Map.of()));

        assertThat(line(lines, "a plain event"))
                .endsWith(" Sample - a plain event room=main seq=5 name=\"A \\\"b\\\" room=x\" nothing=null");
        assertThat(line(lines, "other letters")).endsWith("Zoë 世界 😀");
    }

    @Test
    void writesEverythingBeforeTheProcessEnds() throws Exception {
        List<String> lines = text(TestingLogProgram.run(Map.of()));

        assertThat(lines.get(lines.size() - 1)).endsWith("the last event");
    }

    @Test
    void writesJsonIfTheEnvironmentAsksForIt() throws Exception {
        List<JsonNode> events = json(TestingLogProgram.run(Map.of("WATCHPARTY_LOG_FORMAT", "JSON")));

        assertThat(events).hasSize(TestingLogProgram.EVENTS_AT_INFO);
        JsonNode plain = event(events, "a plain event");
        assertThat(plain.path("@timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(plain.path("level").asText()).isEqualTo("INFO");
        assertThat(plain.path("logger_name").asText()).isEqualTo("dev.watchparty.server.Sample");
        assertThat(plain.path("room").asText()).isEqualTo("main");
        assertThat(plain.path("seq").asInt()).isEqualTo(5);
        assertThat(plain.path("name").asText()).isEqualTo("A \"b\" room=x");
        assertThat(event(events, "hostile value").path("hostile").asText()).isEqualTo(TestingLogProgram.HOSTILE);
        assertThat(event(events, "hostile exception").path("stack_trace").asText())
                .contains("IllegalStateException: a\r\n");
        assertThat(event(events, "half a pair").path("message").asText()).isEqualTo("half a pair: \ud83d.");
        assertThat(event(events, "other letters").path("message").asText()).endsWith("Zoë 世界 😀");
    }

    @Test
    void fieldsOfJsonArePlainWhateverTheirClassIs() throws Exception {
        List<JsonNode> events = json(TestingLogProgram.run(Map.of("WATCHPARTY_LOG_FORMAT", "json")));

        for (JsonNode event : events) {
            assertThat(event).allMatch(JsonNode::isValueNode);
        }
        String fields = event(events, "an event of many classes").toString();
        assertThat(fields)
                .contains("\"room\":\"loc\"", "\"username\":\"Ann\"", "\"action\":\"PAUSE\"")
                .contains("\"after\":\"PT2S\"", "\"all\":\"[1, 2]\"", "\"code\":\"B\"", "\"position\":\"NaN\"")
                .contains("\"lag\":0.25", "\"seq\":1152921504606846976", "\"recovered\":true");
    }

    @Test
    void prefersTheSystemPropertyToTheEnvironment() throws Exception {
        List<String> lines = TestingLogProgram.run(
                Map.of("WATCHPARTY_LOG_FORMAT", "text", "WATCHPARTY_LOG_LEVEL", "INFO"),
                "-Dwatchparty.log.format=json",
                "-Dwatchparty.log.level=DEBUG");

        assertThat(event(json(lines), "a debug event").path("level").asText()).isEqualTo("DEBUG");
    }

    @Test
    void writesTheRequestedLevelsAndOnlyWarningsOfLibraries() throws Exception {
        List<String> atInfo = text(TestingLogProgram.run(Map.of()));
        assertThat(atInfo).noneMatch(line -> line.contains("a debug event"));
        assertThat(atInfo).noneMatch(line -> line.contains("library noise"));
        assertThat(line(atInfo, "library trouble")).contains("Trouble - library trouble");

        List<String> atDebug = text(TestingLogProgram.run(Map.of("WATCHPARTY_LOG_LEVEL", "debug")));
        assertThat(line(atDebug, "a debug event")).contains(" DEBUG ");
        assertThat(atDebug).noneMatch(line -> line.contains("library noise"));

        List<String> atWarn = text(TestingLogProgram.run(Map.of("WATCHPARTY_LOG_LEVEL", "WARN")));
        assertThat(atWarn).hasSize(2);
    }

    @Test
    void fallsBackToTextAtInfoAndLogsUnknownSettings() throws Exception {
        List<String> lines =
                TestingLogProgram.run(Map.of("WATCHPARTY_LOG_FORMAT", "../xml", "WATCHPARTY_LOG_LEVEL", "loud"));

        assertThat(lines).filteredOn(line -> EVENT.matcher(line).matches()).hasSize(TestingLogProgram.EVENTS_AT_INFO);
        assertThat(lines).anyMatch(line -> line.contains("log format: ../xml (expected: text or json)"));
        assertThat(lines).anyMatch(line -> line.contains("log level: loud (expected: TRACE, DEBUG"));
    }

    @Test
    void emptyVariablesCountAsNotSet() throws Exception {
        List<String> lines =
                text(TestingLogProgram.run(Map.of("WATCHPARTY_LOG_FORMAT", "", "WATCHPARTY_LOG_LEVEL", " ")));

        assertThat(lines).hasSize(TestingLogProgram.EVENTS_AT_INFO).allMatch(line -> EVENT.matcher(line)
                .matches());
    }

    @Test
    void neverWaitsForTheReaderOfTheOutput() throws Exception {
        assertThat(TestingLogProgram.runUnread()).isEqualTo("flooded\n");
    }

    private static List<String> text(List<String> lines) {
        assertThat(lines.get(lines.size() - 1)).as("after the last line break").isEmpty();
        return lines.subList(0, lines.size() - 1);
    }

    private static List<JsonNode> json(List<String> lines) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> events = new ArrayList<>();
        for (String line : text(lines)) {
            events.add(mapper.readTree(line));
        }
        return events;
    }

    private static String line(List<String> lines, String part) {
        return lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
    }

    private static JsonNode event(List<JsonNode> events, String message) {
        return events.stream()
                .filter(event -> event.path("message").asText().contains(message))
                .findFirst()
                .orElseThrow();
    }
}
