package dev.watchparty.it.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.DeflatingClient;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.InflateBomb;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.it.testing.TestingTransport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that compresses, with clients that offer compression and clients that do not. */
class CompressionTest {
    private static final int THRESHOLD = 1024;
    private static final String LONG = "a long message ".repeat(2_000);

    @RegisterExtension
    static final TestingTransport TRANSPORT = TestingTransport.create().withCompression(THRESHOLD);

    @Test
    void clientThatOffersItGetsLongMessagesCompressed() {
        String event = "42[\"message\",\"" + LONG + "\"]";

        JsonNode exchange = DeflatingClient.exchange(TRANSPORT, List.of("40", event, "42[\"message\",\"short\"]"), 5);

        assertThat(exchange.path("extensions").textValue()).contains("permessage-deflate");
        assertThat(exchange.path("received"))
                .extracting(JsonNode::textValue)
                .containsSubsequence(
                        "42[\"auth\",{}]", "42[\"message-back\",\"" + LONG + "\"]", "42[\"message-back\",\"short\"]");
        assertThat(exchange.path("rawBytes").intValue()).isLessThan(LONG.length() / 10);
    }

    @EveryClientKind
    void clientOfAnyKindGetsTheRightContent(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        assertThat(client.ask("message-with-ack", LONG, new byte[5000], "short"))
                .isEqualTo(Json.array(LONG, new byte[5000], "short"));
    }

    @Test
    void bombClosesItsSocketAlone() {
        TestingSocketClient witness = TRANSPORT.connect(ClientKind.JS_WEBSOCKET);

        try (TestingRawWebSocket socket = TestingRawWebSocket.open(
                TRANSPORT,
                "/socket.io/?EIO=4&transport=websocket",
                Map.of("Sec-WebSocket-Extensions", "permessage-deflate"))) {
            socket.sendText("40");
            socket.awaitText(text -> text.startsWith("42[\"auth\""));
            socket.send(TestingRawWebSocket.frame(0xC0 | TestingRawWebSocket.TEXT, InflateBomb.payload()));
            socket.awaitClosed();
        }

        TRANSPORT.awaitSessions(1);
        witness.ask("message-with-ack", 1);
        assertThat(witness.unawaited(ReceivedEvent.DISCONNECTED)).isEmpty();
    }
}
