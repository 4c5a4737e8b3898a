package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.engineio.NotFoundHandler;
import dev.watchparty.server.engineio.TransportConfig.Io;
import dev.watchparty.server.engineio.TransportConfig.Tls;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starting and stopping. */
final class LifecycleTest {
    @Test
    void closesClientsInAWayThatMakesThemReconnect() throws Exception {
        TestingServer server = TestingServer.start();
        TestingWebSocket webSocket = TestingWebSocket.connect(server);
        TestingPollingClient polling = TestingPollingClient.connect(server);
        CompletableFuture<HttpResponse<String>> poll = polling.pollLater();
        await().until(() -> server.namespace().getAllClients().stream().allMatch(SocketIOClient::isWritable));

        server.close();

        assertThat(webSocket.closeCode()).isEqualTo(1012);
        assertThat(webSocket.messages).isEmpty();
        assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("1");
        assertThat(server.disconnects)
                .containsExactly(DisconnectReason.SERVER_SHUTDOWN, DisconnectReason.SERVER_SHUTDOWN);
    }

    @Test
    @Timeout(60)
    void movesClientsAwayAFewAtATime() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            List<TestingWebSocket> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(TestingWebSocket.connect(server));
            }
            CompletableFuture<Void> drained =
                    CompletableFuture.runAsync(() -> server.server.drain(Duration.ofSeconds(3)));
            await().until(() -> server.server.sessions() < 20);
            clients.add(TestingWebSocket.connect(server)); // it is served, and moved away too
            Set<Integer> counts = new HashSet<>();
            while (!drained.isDone()) {
                counts.add(server.server.sessions());
            }

            assertThat(counts).hasSizeGreaterThan(3);
            for (TestingWebSocket client : clients) {
                assertThat(client.closeCode()).isEqualTo(1012);
            }
            server.awaitNoSessions();
            assertThat(server.disconnects).hasSize(21).containsOnly(DisconnectReason.SERVER_SHUTDOWN);
            TestingWebSocket.connect(server);
        }
    }

    @Test
    void connectionOfAPollingClientThatIsMovedAwayEnds() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            TestingPollingClient polling = TestingPollingClient.connect(server);
            CompletableFuture<HttpResponse<String>> poll = polling.pollLater();
            await().until(() -> server.namespace().getAllClients().stream().allMatch(SocketIOClient::isWritable));

            server.server.drain(Duration.ofMillis(1));

            HttpResponse<String> last = poll.get(10, TimeUnit.SECONDS);
            assertThat(last.body()).isEqualTo("1");
            assertThat(last.headers().firstValue("connection")).contains("close");
        }
    }

    @Test
    @Timeout(60)
    void drainEndsWhenNobodyIsLeftOrTheThreadIsInterrupted() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            server.server.drain(Duration.ofHours(1));
            TestingWebSocket.connect(server);

            Thread.currentThread().interrupt();
            server.server.drain(Duration.ofHours(1));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(server.server.sessions()).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.watchparty.server.socketio.TestingTransportConfig#everyIo")
    @Timeout(60)
    void doesNotWaitForClientsThatHaveReadAll(Io io) throws Exception {
        TestingServer server = TestingServer.start(config -> config.io = io);
        TestingWebSocket webSocket = TestingWebSocket.connect(server);
        TestingPollingClient upgrading = TestingPollingClient.connect(server);
        TestingWebSocket upgraded = TestingWebSocket.probe(server, upgrading.sid);
        upgraded.send("2probe");
        assertThat(upgraded.next()).isEqualTo("3probe");
        upgraded.send("5");
        upgraded.send("42[\"echo\",1]");
        assertThat(upgraded.next()).isEqualTo("42[\"echo\",1]");
        TestingPollingClient polling = TestingPollingClient.connect(server);
        CompletableFuture<HttpResponse<String>> poll = polling.pollLater();
        TestingPollingClient.connect(server); // it does not poll
        await().until(() -> server.namespace().getAllClients().stream()
                        .filter(SocketIOClient::isWritable)
                        .count()
                == 3);
        try (TestingRawConnection silent = TestingRawConnection.open(server)) {
            server.server.stop(Duration.ofDays(1));

            assertThat(webSocket.closeCode()).isEqualTo(1012);
            assertThat(upgraded.closeCode()).isEqualTo(1012);
            assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("1");
            assertThat(silent.readAll()).isEmpty();
            assertThatThrownBy(() -> TestingRawConnection.open(server)).isInstanceOf(ConnectException.class);
        }
        server.awaitNoSessions();
    }

    @Test
    @Timeout(60)
    void leavesAClientThatDoesNotReadWhenTheGraceIsOver() throws Exception {
        TestingServer server = TestingServer.start(config -> config.maxQueuedBytes = 64 << 20); // more than is sent
        try (TestingRawConnection client = TestingRawConnection.connect(server)) {
            SocketIOClient sender =
                    server.namespace().getAllClients().iterator().next();
            String text = "x".repeat(10_000);
            await().until(() -> {
                for (int i = 0; i < 30; i++) {
                    sender.sendEvent("much", text);
                }
                return !sender.isWritable();
            });

            server.server.stop(Duration.ofMillis(200));

            assertThat(client.readAll()).contains("much");
        }
        server.awaitNoSessions();
        assertThat(server.disconnects).containsExactly(DisconnectReason.SERVER_SHUTDOWN);
    }

    @Test
    @Timeout(60)
    void leavesBehindAThreadThatAListenerBlocks() throws Exception {
        TestingServer server = TestingServer.start();
        CountDownLatch heldUp = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        server.namespace().addEventListener("hold", String.class, (client, data, ack) -> {
            heldUp.countDown();
            goOn.await();
        });
        TestingWebSocket.connect(server).send("42[\"hold\",\"up\"]");
        heldUp.await();

        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> server.server.stop(Duration.ofMillis(200)));

        assertThat(stop).succeedsWithin(Duration.ofSeconds(10)); // as docs/operations.md says about a longer grace
        goOn.countDown();
        server.awaitNoSessions();
    }

    @Test
    void acceptsNoConnectionsWhileItShutsDown() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            TestingWebSocket client = TestingWebSocket.connect(server);

            server.server.stopAccepting();

            client.send("42[\"echo\",1]");
            assertThat(client.next()).isEqualTo("42[\"echo\",1]");
            assertThatThrownBy(() -> TestingRawConnection.open(server)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void saysThatThePortIsTaken() {
        try (TestingServer first = TestingServer.start()) {
            assertThatThrownBy(() -> TestingServer.start(config -> config.port = first.port))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:%d".formatted(first.port))
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void startsOnce() throws Exception {
        TestingServer server = TestingServer.start();
        assertThatThrownBy(server.server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server has been started already (expected: one start of each server)");
        TestingWebSocket client = TestingWebSocket.connect(server);

        server.close();
        server.server.stop(Duration.ofSeconds(5));

        assertThat(client.closeCode()).isEqualTo(1012);
        assertThatThrownBy(server.server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server has been stopped already (expected: one start of each server)");
    }

    @Test
    void stopBeforeTheStartIsFinal() {
        SocketIoServer server = newServer(new TestingTransportConfig());

        server.stop(Duration.ofSeconds(5));

        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void failedStartMayBeRepeated() {
        TestingTransportConfig config = new TestingTransportConfig();
        SocketIoServer server;
        try (TestingServer first = TestingServer.start()) {
            config.port = first.port;
            server = newServer(config);
            assertThatThrownBy(server::start).isInstanceOf(UncheckedIOException.class);
        }

        assertThat(server.start().getPort()).isEqualTo(config.port);
        server.stop(Duration.ofSeconds(5));
    }

    private static SocketIoServer newServer(TestingTransportConfig config) {
        return new SocketIoServer(config.build(), new TestingLimiter(), new NotFoundHandler());
    }

    @Test
    void saysThatTheCertificateCannotBeRead() {
        Tls tls = new Tls(Path.of("missing.pem"), Path.of("missing.key"));

        assertThatThrownBy(() -> TestingServer.start(config -> config.tls = Optional.of(tls)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tls: certificate missing.pem and key missing.key cannot be used");
    }

    @Test
    void refusesPagesThatConnectionsCannotShare() {
        assertThatThrownBy(() -> new SocketIoServer(
                        new TestingTransportConfig().build(), new TestingLimiter(), new ChannelInboundHandlerAdapter()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: a @Sharable handler");
    }
}
