package dev.watchparty.it.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.it.testing.TestingTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events, bytes and acks, in both directions. */
class MessagesTest {
    /** It is more than fifty, so a queue that loses some would show it. */
    private static final int BURST = 500;

    private static final byte[] LONG = bytes(100_000);

    @RegisterExtension
    static final TestingTransport TRANSPORT = TestingTransport.create();

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @EveryClientKind
    void argumentsComeBackAsTheyWereSent(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);
        Object[] arguments = {
            1,
            -2.5,
            1_000_000_000_000_000L,
            "text with \u001e, \"quotes\", \u00e4\u4e16\ud83c\udf7f and \\",
            "",
            true,
            List.of(1, List.of(), Map.of()),
            Map.of("deep", Map.of("list", Arrays.asList(1, null, "x")), "", "no key")
        };

        client.emit("message", arguments);

        assertThat(client.awaitArguments("message-back")).isEqualTo(Json.array(arguments));
    }

    @EveryClientKind
    void eventWithoutArgumentsHasNone(ClientKind kind) {
        assertThat(TRANSPORT.connect(kind).ask("message-with-ack")).isEmpty();
    }

    @EveryClientKind
    void nullsAreKept(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        client.emit("null-event");

        assertThat(client.awaitArguments("nul")).hasToString("[null,1]");
    }

    @EveryClientKind
    void bytesStayBytesWhereverTheyStand(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);
        Object[] arguments = {
            new byte[] {0, 1, -1},
            Map.of("name", "x", "bytes", new byte[] {4, '0', 'b'}, "list", List.of(new byte[0], 5, bytes(70))),
            "text"
        };

        client.emit("message", arguments);

        assertThat(client.awaitArguments("message-back")).isEqualTo(Json.array(arguments));
    }

    @EveryClientKind
    void longBytesComeBackWhole(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        JsonNode answer = client.ask("message-with-ack", LONG, "between", LONG);

        assertThat(answer).isEqualTo(Json.array(LONG, "between", LONG));
    }

    @EveryClientKind
    void bytesOfTheServerAreSentToAllAlike(ClientKind kind) {
        TestingSocketClient asking = TRANSPORT.connect(kind);
        List<TestingSocketClient> others = List.of(
                TRANSPORT.connect(ClientKind.JS_POLLING),
                TRANSPORT.connect(ClientKind.JAVA_WEBSOCKET),
                TRANSPORT.connect(ClientKind.MSGPACK_WEBSOCKET));

        asking.emit("bcast-bin");

        JsonNode expected = Json.of(new byte[] {1, 2, 3});
        assertThat(asking.await("bb")).isEqualTo(expected);
        assertThat(others).allSatisfy(other -> assertThat(other.await("bb")).isEqualTo(expected));
    }

    @EveryClientKind
    void serverAcknowledgesWithAllItHasToSay(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);
        Object[] arguments = {"a", 2, new byte[] {3}, Map.of("four", new byte[] {4})};

        assertThat(client.ask("message-with-ack", arguments)).isEqualTo(Json.array(arguments));
    }

    @EveryClientKind
    void eachAcknowledgementFindsItsEvent(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        for (int i = 0; i < 20; i++) {
            assertThat(client.ask("message-with-ack", i).path(0).intValue()).isEqualTo(i);
        }
    }

    @EveryClientKind
    void clientGivesUpOnAnAcknowledgementThatDoesNotComeAndGoesOn(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        assertThat(client.askWithin(Duration.ofMillis(100), "noack", 1)).isEmpty();
        assertThat(client.ask("message-with-ack", 1)).isNotEmpty();
    }

    @EveryClientKind
    void clientAcknowledgesToTheServer(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        client.emit("ask", 0);

        assertThat(client.await("question").textValue()).isEqualTo("q");
        assertThat(client.await("answer-got").textValue()).isEqualTo("answer");
    }

    @Test
    void serverGivesUpOnAnAckThatDoesNotCome() {
        List<TestingSocketClient> clients = new ArrayList<>();
        for (ClientKind kind : ClientKind.values()) {
            TestingSocketClient client = TRANSPORT.connect(kind);
            client.emit("ask-in-vain", 0);
            clients.add(client);
        }

        assertThat(clients).allSatisfy(client -> {
            client.await("answer-timeout");
            assertThat(client.unawaited("answer-got")).isEmpty();
        });
    }

    @EveryClientKind
    void noneOfManyMessagesIsLostOrOvertaken(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        client.emit("burst", BURST);
        for (int i = 0; i < BURST; i++) {
            client.emit("message", i);
        }

        for (int i = 0; i < BURST; i++) {
            assertThat(client.await("b").intValue()).isEqualTo(i);
        }
        for (int i = 0; i < BURST; i++) {
            assertThat(client.await("message-back").intValue()).isEqualTo(i);
        }
    }

    /**
     * A polling client that knows how long a payload may be sends no longer ones. The Java client does send longer
     * ones.
     */
    @ParameterizedTest
    @EnumSource(
            value = ClientKind.class,
            names = {"JAVA_POLLING", "JAVA_UPGRADE"},
            mode = EnumSource.Mode.EXCLUDE)
    void messagesThatDoNotFitOnePayloadAllArrive(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);
        String text = "x".repeat(300_000);

        for (int i = 0; i < 5; i++) {
            client.emit("message", i, text);
        }

        for (int i = 0; i < 5; i++) {
            JsonNode back = client.awaitArguments("message-back");
            assertThat(back.path(0).intValue()).isEqualTo(i);
            assertThat(back.path(1).textValue()).hasSameSizeAs(text);
        }
    }

    @EveryClientKind
    void volatileEventsComeInOrderAndHoldUpNothing(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        client.emit("volatile-burst", BURST);

        client.await("volatile-sent");
        List<Integer> numbers =
                client.unawaited("v").stream().map(JsonNode::intValue).toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        if (!kind.isPollingOnly() && !kind.isUpgrading()) {
            assertThat(numbers).as("a WebSocket has room for these").hasSize(BURST);
        }
    }
}
