package dev.watchparty.it.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.it.testing.TestingTransport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Arguments that do not fit their listeners: the sender is notified, in every encoding, and nothing else happens. */
class UnfitArgumentsTest {
    @RegisterExtension
    static final TestingTransport TRANSPORT = TestingTransport.create();

    private static Map<String, Object[]> unfit() {
        Map<String, Object[]> unfit = new LinkedHashMap<>();
        unfit.put("take-number", new Object[] {"many", List.of(1), Map.of("a", 1), 3_000_000_000L, new byte[] {1}});
        unfit.put("take-flag", new Object[] {"perhaps", List.of(), Map.of("a", true)});
        unfit.put("take-text", new Object[] {List.of("a"), Map.of("a", "b")});
        unfit.put("take-list", new Object[] {"a", 1, true, Map.of("a", 1)});
        unfit.put("take-bytes", new Object[] {true, Map.of("a", 1)});
        unfit.put("take-object", new Object[] {"a", 1, List.of(1, 2), Map.of("x", "far")});
        return unfit;
    }

    private static final Map<String, String> EXPECTED = Map.of(
            "take-number", "a number",
            "take-flag", "true or false",
            "take-text", "a text",
            "take-list", "a list",
            "take-bytes", "bytes",
            "take-object", "an object");

    private static final Map<String, List<Object>> FIT = Map.of(
            "take-number", List.of(5, "5"),
            "take-flag", List.of(true),
            "take-text", List.of("", "text", 5),
            "take-list", List.of(List.of(1, "a", Map.of())),
            "take-bytes", List.of(new byte[] {1, 2}),
            "take-object", List.of(Map.of("x", 1, "y", 2)));

    @EveryClientKind
    void acknowledgementSaysWhatWasExpected(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        unfit().forEach((event, values) -> {
            for (Object value : values) {
                assertThat(client.ask(event, value))
                        .as("%s %s", event, value)
                        .isEqualTo(Json.array(error(event, 1, EXPECTED.get(event))));
            }
        });
    }

    @EveryClientKind
    void senderWhoAsksForNoneIsTold(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        client.emit("take-number", "many");

        assertThat(client.await("session:error")).isEqualTo(details("take-number", 1, "a number"));
        assertThat(client.ask("take-number", 5)).isEqualTo(Json.array("taken"));
    }

    @EveryClientKind
    void everyArgumentOfSeveralIsLookedAt(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        assertThat(client.ask("take-two", "a", "many")).isEqualTo(Json.array(error("take-two", 2, "a number")));
        assertThat(client.ask("take-two", List.of(), 1)).isEqualTo(Json.array(error("take-two", 1, "a text")));
        assertThat(client.ask("take-two", "a", 1)).isEqualTo(Json.array("taken"));
    }

    @EveryClientKind
    void fewerArgumentsAndMoreAreTaken(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        for (String event : EXPECTED.keySet()) {
            assertThat(client.ask(event)).as(event).isEqualTo(Json.array("taken"));
            for (Object value : FIT.get(event)) {
                assertThat(client.ask(event, value)).as(event).isEqualTo(Json.array("taken"));
                assertThat(client.ask(event, value, Map.of("more", new byte[] {1}), List.of()))
                        .as(event)
                        .isEqualTo(Json.array("taken"));
            }
        }
        assertThat(client.ask("take-two", "a")).isEqualTo(Json.array("taken"));
    }

    @EveryClientKind
    void answerThatDoesNotFitCountsAsNone(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        client.emit("ask-for-number");

        assertThat(client.await("told")).isEqualTo(Json.of("nothing"));
    }

    private static Map<String, ?> error(String event, int argument, String expected) {
        return Map.of("error", details(event, argument, expected));
    }

    private static JsonNode details(String event, int argument, String expected) {
        return Json.of(Map.of(
                "event",
                event,
                "code",
                "INVALID_PAYLOAD",
                "message",
                "argument %d: does not fit (expected: %s)".formatted(argument, expected)));
    }
}
