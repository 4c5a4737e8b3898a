package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.EncodedEvent;
import dev.watchparty.server.socketio.TestingPollingClient;
import dev.watchparty.server.socketio.TestingRawConnection;
import dev.watchparty.server.socketio.TestingServer;
import dev.watchparty.server.socketio.TestingWebSocket;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that poll but have no poll under way receive nothing, so only the server holds the messages that wait for
 * them.
 */
final class QueuedOutputTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int LONG = MEBIBYTE - 1000; // at most a MiB, including its overhead

    private final TestingServer server = TestingServer.start(config -> {
        config.maxQueuedBytes = 1 << 30;
        config.maxQueuedBytesTotal = 8 * MEBIBYTE;
    });
    private final Set<SocketIOClient> known = new HashSet<>();
    private final List<TestingRawConnection> connections = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (TestingRawConnection connection : connections) {
            connection.close();
        }
        server.close();
    }

    @Test
    void closesTheLongestQueueAndNobodyElse() throws Exception {
        TestingWebSocket reader = TestingWebSocket.connect(server);
        SocketIOClient ofReader = newest();
        SocketIOClient modest = connectDeaf();
        SocketIOClient greedy = connectDeaf();
        send(modest, LONG, 2);

        send(greedy, LONG, 5);
        assertThat(server.disconnects).isEmpty();
        send(greedy, LONG, 2);

        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.SLOW_CONSUMER));
        assertThat(clients()).containsExactlyInAnyOrder(ofReader, modest);
        reader.send("42[\"echo\",1]");
        assertThat(reader.next()).isEqualTo("42[\"echo\",1]");
    }

    @Test
    void closesClientsUntilTheRestIsWellBelowTheBound() throws Exception {
        for (int i = 0; i < 7; i++) {
            send(connectDeaf(), LONG, 1);
        }
        assertThat(server.disconnects).isEmpty();
        SocketIOClient last = connectDeaf();

        send(last, LONG, 2);

        await().untilAsserted(() -> assertThat(clients()).hasSizeBetween(5, 6).doesNotContain(last));
        assertThat(server.disconnects).containsOnly(DisconnectReason.SLOW_CONSUMER);
    }

    @Test
    void countsAMessageForManyOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            connectDeaf();
        }
        Broadcasts broadcasts = server.server.broadcasts("/");
        EncodedEvent event = broadcasts.encode("long", "x".repeat(LONG));

        broadcasts.send(event, Audience.of(clients()), Set.of());

        SocketIOClient settled = connectDeaf();
        send(settled, LONG, 7);
        await().untilAsserted(() -> assertThat(server.disconnects).hasSize(1));
        assertThat(clients()).hasSize(20).doesNotContain(settled);
    }

    @Test
    void countsTheOverheadOfShortMessages() throws Exception {
        SocketIOClient deaf = connectDeaf();

        for (int i = 0; i < 8 * MEBIBYTE / 150 && server.disconnects.isEmpty(); i++) {
            deaf.sendEvent("e");
        }

        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.SLOW_CONSUMER));
    }

    @Test
    void countsAnswersThatAreNotRead() throws Exception {
        for (int i = 0; i < 6; i++) {
            TestingPollingClient polling = TestingPollingClient.connect(server);
            TestingRawConnection connection = TestingRawConnection.open(server);
            connections.add(connection);
            connection.request(
                    "GET /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1".formatted(polling.sid),
                    "Connection: close");
            send(newest(), 5 * LONG, 1); // more than a system buffers for a local connection
        }

        assertThat(connections).anyMatch(QueuedOutputTest::isCutOff);
    }

    private static boolean isCutOff(TestingRawConnection connection) {
        try {
            return connection.readAll().length() < 5 * LONG;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void acceptsMoreWhenTheWaitingMessagesHaveGone() throws Exception {
        for (int i = 0; i < 5; i++) {
            SocketIOClient deaf = connectDeaf();
            send(deaf, LONG, 7);
            assertThat(clients()).contains(deaf);
            deaf.disconnect();
            int gone = i + 1;
            await().untilAsserted(() -> assertThat(server.disconnects).hasSize(gone));
        }
        assertThat(server.disconnects).containsOnly(DisconnectReason.SERVER_DISCONNECT);
    }

    @Test
    void takesAShareOfTheMemoryOfTheProcess() {
        assertThat(QueuedOutput.maxFor(96 << 20, 205 << 20)).isEqualTo(32 << 20);
        assertThat(QueuedOutput.maxFor(1L << 30, 64 << 20)).isEqualTo(16 << 20);
    }

    @Test
    void costsNothingIfEverythingLeavesAtOnce() {
        QueuedOutput output = new QueuedOutput(MEBIBYTE, List::of, List::of);
        EmbeddedChannel channel = new EmbeddedChannel(output.newMeter(false));

        channel.writeOutbound(OutboundMessage.PING.frames());

        assertThat(QueuedOutput.of(channel.pipeline())).isSameAs(output);
        assertThat(output.isExhausted()).isFalse();
        channel.finishAndReleaseAll();
    }

    private SocketIOClient connectDeaf() throws Exception {
        TestingPollingClient.connect(server);
        return newest();
    }

    private SocketIOClient newest() {
        SocketIOClient newest = clients().stream()
                .filter(client -> !known.contains(client))
                .findAny()
                .orElseThrow();
        known.add(newest);
        return newest;
    }

    private Collection<SocketIOClient> clients() {
        return server.namespace().getAllClients();
    }

    private static void send(SocketIOClient client, int length, int count) {
        for (int i = 0; i < count; i++) {
            client.sendEvent("long", "x".repeat(length));
        }
    }
}
