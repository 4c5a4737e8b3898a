package dev.watchparty.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.TestingCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrictTransportSecurityTest {
    @TempDir
    Path folder;

    @Test
    void isSentOnEncryptedConnections() throws Exception {
        assertThat(headerOverTls(TestingHttpServer.CONFIG)).contains("max-age=15552000");
    }

    @Test
    void isNotSentIfSwitchedOff() throws Exception {
        assertThat(headerOverTls(
                        new PagesConfig(true, "", true, List.of(), List.of(), Duration.ZERO, Duration.ofSeconds(1))))
                .isEmpty();
    }

    @Test
    void isNotSentOnPlainConnections() throws Exception {
        try (TestingHttpServer server = TestingHttpServer.start()) {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(server.uri("/")).build(), BodyHandlers.ofString());

            assertThat(response.headers().firstValue("strict-transport-security"))
                    .isEmpty();
        }
    }

    private Optional<String> headerOverTls(PagesConfig config) throws Exception {
        TestingCertificate certificate = TestingCertificate.create(folder);
        Map<String, Object> tls = Map.of(
                "watchparty.server.tls.enabled",
                true,
                "watchparty.server.tls.certificate-chain",
                certificate.certificateChain().toString(),
                "watchparty.server.tls.private-key",
                certificate.privateKey().toString());
        try (TestingHttpServer server = TestingHttpServer.start(config, TestingHttpServer.READY, tls)) {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .sslContext(certificate.clientContext())
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo(TestingClientFolder.INDEX);
            return response.headers().firstValue("strict-transport-security");
        }
    }
}
