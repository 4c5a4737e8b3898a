package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingServerProcess;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The fields that a machine reads in the log of a party. */
class JsonLogTest {
    /** The fields of our events, besides those of every event. */
    private static final Map<String, JsonNodeType> FIELDS = Map.ofEntries(
            Map.entry("action", JsonNodeType.STRING),
            Map.entry("clients", JsonNodeType.NUMBER),
            Map.entry("code", JsonNodeType.STRING),
            Map.entry("count", JsonNodeType.NUMBER),
            Map.entry("event", JsonNodeType.STRING),
            Map.entry("port", JsonNodeType.NUMBER),
            Map.entry("reason", JsonNodeType.STRING),
            Map.entry("recovered", JsonNodeType.BOOLEAN),
            Map.entry("room", JsonNodeType.STRING),
            Map.entry("seq", JsonNodeType.NUMBER),
            Map.entry("socket", JsonNodeType.STRING),
            Map.entry("username", JsonNodeType.STRING));

    private final ObjectMapper mapper = new ObjectMapper();

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void everyFieldOfEveryEventIsPlain() throws Exception {
        TestingServerProcess server = party.use(TestingServerProcess.start(
                List.of(),
                Map.of(
                        "watchparty.log.format", "json",
                        "watchparty.log.level", "DEBUG",
                        "watchparty.limits.enabled", true,
                        "watchparty.limits.join.burst", 3,
                        "watchparty.recovery.grace", "0 s")));
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann", Map.of("room", "loc"));
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        ann.emit("session:play", Map.of("time", 0));
        ann.emit("session:changeVideo", Map.of("videoId", "no video"));
        ann.await("session:error");
        for (int i = 0; i < 5; i++) {
            ann.emit("session:join", Map.of("username", "Ann"));
        }
        ann.await("session:error", error -> error.path("code").asText().equals("RATE_LIMITED"));
        ann.close();
        Awaitility.await("Ann has left")
                .until(() -> !server.outputWith("\"message\":\"left\"").isEmpty());

        server.terminate();

        assertThat(server.awaitExit(60)).isZero();
        List<JsonNode> events = new ArrayList<>();
        for (String line : server.output()) {
            events.add(mapper.readTree(line));
        }
        assertThat(events).allSatisfy(event -> assertThat(event).allMatch(JsonNode::isValueNode));
        assertThat(events.stream()
                        .flatMap(event -> event.properties().stream())
                        .filter(field -> FIELDS.containsKey(field.getKey()))
                        .collect(toMap(
                                Map.Entry::getKey, field -> field.getValue().getNodeType(), JsonLogTest::theSame)))
                .isEqualTo(FIELDS);
        assertThat(events).anyMatch(event -> event.path("room").asText().equals("loc"));
    }

    private static JsonNodeType theSame(JsonNodeType one, JsonNodeType other) {
        assertThat(other).isEqualTo(one);
        return one;
    }
}
