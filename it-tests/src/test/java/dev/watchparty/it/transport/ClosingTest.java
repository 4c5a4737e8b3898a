package dev.watchparty.it.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.it.testing.TestingTransport;
import dev.watchparty.server.testing.TestingNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection ends, and the client's library has its own name for the reason: its next step depends on that. */
class ClosingTest {
    @RegisterExtension
    static final TestingTransport TRANSPORT =
            TestingTransport.create().withPings(Duration.ofMillis(500), Duration.ofMillis(4000));

    @EveryClientKind
    void clientThatLeavesHasLeft(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        client.disconnect();

        assertThat(client.await(ReceivedEvent.DISCONNECTED).textValue()).isEqualTo("io client disconnect");
        TRANSPORT.awaitSessions(0);
    }

    /** It does not come back by itself, since the server disconnected it. */
    @EveryClientKind
    void clientThatTheServerPutsOutStaysOut(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);

        client.emit("server-disconnect");

        assertThat(client.await(ReceivedEvent.DISCONNECTED).textValue()).isEqualTo("io server disconnect");
        TRANSPORT.awaitSessions(0);
        client.connect();
        client.await(ReceivedEvent.CONNECTED);
    }

    /**
     * Over HTTP it may find that its session is gone. Over a WebSocket the Java client never answers a close frame, and
     * does not notice the end after it until no ping has arrived for long enough.
     */
    @EveryClientKind
    void clientWhoseSessionTheServerClosesComesBack(ClientKind kind) {
        TestingSocketClient client = TRANSPORT.connect(kind);
        String before = client.id();

        client.emit("engine-close");

        assertThat(client.await(ReceivedEvent.DISCONNECTED).textValue())
                .isIn("transport close", "transport error", kind.isJava() ? "ping timeout" : "transport close");
        client.await(ReceivedEvent.CONNECTED, id -> !id.textValue().equals(before));
        client.ask("message-with-ack", 1);
    }

    /** A cut between two polls may go unnoticed. */
    @EveryClientKind
    void clientWhoseConnectionIsCutGoesOn(ClientKind kind) {
        TestingNetwork network = TRANSPORT.closeAfterTest(TestingNetwork.to(TRANSPORT.port()));
        TestingSocketClient client = TRANSPORT.open(kind, network.uri(), "/", Map.of());
        client.await(ReceivedEvent.CONNECTED);

        network.cut();

        Awaitility.await("an answer").atMost(Duration.ofSeconds(30)).until(() -> client.askWithin(
                        Duration.ofSeconds(1), "message-with-ack", 1)
                .isPresent());
        assertThat(client.unawaited(ReceivedEvent.DISCONNECTED))
                .extracting(JsonNode::textValue)
                .isSubsetOf("transport close", "transport error", "ping timeout");
    }

    @Test
    void clientsThatReceiveNoPingReconnect() {
        TestingNetwork network = TRANSPORT.closeAfterTest(TestingNetwork.to(TRANSPORT.port()));
        List<TestingSocketClient> clients = new ArrayList<>();
        for (ClientKind kind : ClientKind.values()) {
            clients.add(TRANSPORT.open(kind, network.uri(), "/", Map.of()));
        }
        for (TestingSocketClient client : clients) {
            client.await(ReceivedEvent.CONNECTED);
        }

        network.silence();

        for (TestingSocketClient client : clients) {
            assertThat(client.await(ReceivedEvent.DISCONNECTED).textValue())
                    .as("%s", client)
                    .isEqualTo("ping timeout");
        }
        TRANSPORT.awaitSessions(0);
        network.restore();
        for (TestingSocketClient client : clients) {
            client.await(ReceivedEvent.CONNECTED);
            client.ask("message-with-ack", 1);
        }
    }

    @Test
    void clientsThatAnswerPingsStay() {
        List<TestingSocketClient> clients = new ArrayList<>();
        for (ClientKind kind : ClientKind.values()) {
            clients.add(TRANSPORT.connect(kind));
        }

        // This is longer than a client may live without pings.
        clients.get(0).askWithin(Duration.ofSeconds(6), "noack");

        assertThat(clients).allSatisfy(client -> assertThat(client.unawaited(ReceivedEvent.DISCONNECTED))
                .as("%s", client)
                .isEmpty());
    }
}
