package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.socketio.TransportConfig.Tls;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Starting and stopping. */
final class LifecycleTest {
    @Test
    void closesClientsInAWayThatMakesThemComeBack() throws Exception {
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
    void takesNoConnectionsWhileItGoesDown() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            TestingWebSocket client = TestingWebSocket.connect(server);

            server.server.stopAccepting();

            client.send("42[\"echo\",1]");
            assertThat(client.next()).isEqualTo("42[\"echo\",1]");
            assertThatThrownBy(() -> TestingRawConnection.open(server)).isInstanceOf(java.net.ConnectException.class);
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
    void saysThatTheCertificateCannotBeRead() {
        Tls tls = new Tls(Path.of("missing.pem"), Path.of("missing.key"));

        assertThatThrownBy(() -> TestingServer.start(config -> config.tls = Optional.of(tls)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("certificate missing.pem and key missing.key cannot be used");
    }

    @Test
    void refusesPagesThatConnectionsCannotShare() {
        assertThatThrownBy(() -> new SocketIoServer(
                        new TestingTransportConfig().build(),
                        new TestingLimiter(),
                        SocketIdentities.ALWAYS_NEW,
                        new ChannelInboundHandlerAdapter()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: a @Sharable handler");
    }
}
