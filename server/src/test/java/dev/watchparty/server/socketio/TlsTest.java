package dev.watchparty.server.socketio;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.TestingCertificate;
import dev.watchparty.server.socketio.TransportConfig.Tls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
    @TempDir
    private Path directory;

    @Test
    void servesPollingAndWebSocketsWithACertificate() throws Exception {
        TestingCertificate certificate = TestingCertificate.create(directory);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(certificate.clientContext())
                .build();
        try (TestingServer server = TestingServer.start(config ->
                config.tls = Optional.of(new Tls(certificate.certificateChain(), certificate.privateKey())))) {
            String address = "//127.0.0.1:%d/socket.io/?EIO=4&transport=".formatted(server.port);

            String handshake = http.send(
                            HttpRequest.newBuilder(URI.create("https:" + address + "polling"))
                                    .build(),
                            ofString())
                    .body();
            assertThat(handshake).startsWith("0{\"sid\":\"");

            Messages messages = new Messages();
            WebSocket first = http.newWebSocketBuilder()
                    .buildAsync(URI.create("wss:" + address + "websocket"), messages)
                    .get(10, TimeUnit.SECONDS);
            WebSocket second = http.newWebSocketBuilder()
                    .buildAsync(URI.create("wss:" + address + "websocket"), messages)
                    .get(10, TimeUnit.SECONDS);
            first.sendText("40", true).get(10, TimeUnit.SECONDS);
            second.sendText("40", true).get(10, TimeUnit.SECONDS);
            for (int i = 0; i < 6; i++) {
                assertThat(messages.received.poll(10, TimeUnit.SECONDS)).matches("0\\{.*|40\\{.*|42\\[\"hello\"]");
            }

            Audience everybody = Audience.of(server.namespace().getAllClients());
            Broadcasts broadcasts = server.server.broadcasts("/");
            for (int i = 0; i < 50; i++) {
                broadcasts.send(broadcasts.encode("n", 7), everybody, Set.of());
            }
            for (int i = 0; i < 100; i++) {
                assertThat(messages.received.poll(10, TimeUnit.SECONDS)).isEqualTo("42[\"n\",7]");
            }
        }
    }

    private static final class Messages implements WebSocket.Listener {
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            received.add(data.toString());
            webSocket.request(1);
            return null;
        }
    }
}
