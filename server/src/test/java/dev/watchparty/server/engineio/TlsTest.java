package dev.watchparty.server.engineio;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.TestingCertificate;
import dev.watchparty.server.engineio.TransportConfig.Tls;
import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.TestingServer;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
    /** Tries one offer after the other, and prints for each what was agreed, or why nothing was. */
    private static final String HANDSHAKES =
            """
            const [port, ...offers] = process.argv.slice(1);
            const next = () => {
              if (offers.length === 0) return;
              const [version, cipher] = offers.shift().split(' ');
              const ciphers = version === 'TLSv1.3' ? cipher : `${cipher}:@SECLEVEL=0`;
              const versions = { minVersion: version, maxVersion: version };
              const options = { port, host: '127.0.0.1', rejectUnauthorized: false, ciphers, ...versions };
              const socket = require('node:tls').connect(options);
              socket.on('secureConnect', () => {
                console.log(`${socket.getProtocol()} ${socket.getCipher().name}`);
                socket.destroy();
              });
              socket.on('error', error => console.log(`refused: ${error.code}`));
              socket.on('close', next);
            };
            next();
            """;

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

    @Test
    void acceptsOnlyForwardSecretCiphers() throws Exception {
        List<String> taken = List.of(
                "TLSv1.3 TLS_AES_128_GCM_SHA256",
                "TLSv1.3 TLS_AES_256_GCM_SHA384",
                "TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256",
                "TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384");
        List<String> refused = List.of(
                "TLSv1.2 AES128-GCM-SHA256",
                "TLSv1.2 AES256-GCM-SHA384",
                "TLSv1.2 AES128-SHA256",
                "TLSv1.2 AES128-SHA",
                "TLSv1.2 AES256-SHA",
                "TLSv1.1 ECDHE-RSA-AES128-SHA");
        TestingCertificate certificate = TestingCertificate.create(directory, "RSA");
        try (TestingServer server = TestingServer.start(config ->
                config.tls = Optional.of(new Tls(certificate.certificateChain(), certificate.privateKey())))) {
            assertThat(handshakes(server, taken)).isEqualTo(taken);
            assertThat(handshakes(server, refused)).hasSameSizeAs(refused).allSatisfy(outcome -> assertThat(outcome)
                    .startsWith("refused: "));
        }
    }

    /**
     * The results of handshakes with one version and cipher each. Node makes them, because its OpenSSL offers what JDKs
     * no longer do.
     */
    private static List<String> handshakes(TestingServer server, List<String> offers) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", "-e", HANDSHAKES, Integer.toString(server.port)));
        command.addAll(offers);
        Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = client.getInputStream()) {
            return new String(output.readAllBytes(), UTF_8).lines().toList();
        }
    }

    @Test
    void choosesForwardSecretCiphersOfEveryProvider() {
        List<String> defaults = List.of(
                "TLS_AES_128_GCM_SHA256",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_128_CBC_SHA",
                "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");

        assertThat(EngineServer.FORWARD_SECRET.filterCipherSuites(null, defaults, Set.copyOf(defaults)))
                .containsExactlyElementsOf(defaults.subList(0, 4));
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
