package dev.watchparty.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void isAliveWhateverTheReadiness() throws Exception {
        try (TestingHttpServer server = server(LONG, CompletableFuture::new)) {
            HttpResponse<String> response = get(server, "/healthz");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("ok\n");
            assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        }
    }

    @Test
    void reportsThatItIsReady() throws Exception {
        try (TestingHttpServer server = server(LONG, TestingHttpServer.READY)) {
            HttpResponse<String> response = get(server, "/readyz");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("ready\n");
            assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        }
    }

    @Test
    void reportsWhyItIsNotReady() throws Exception {
        try (TestingHttpServer server = server(LONG, () -> completed("shutting down"))) {
            HttpResponse<String> response = get(server, "/readyz");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("not ready: shutting down\n");
        }
    }

    @Test
    void isNotReadyIfACheckFails() throws Exception {
        RuntimeException failure = new IllegalStateException("a secret address");
        Readiness thrown = () -> {
            throw failure;
        };
        for (Readiness readiness : List.<Readiness>of(thrown, () -> CompletableFuture.failedStage(failure))) {
            try (TestingHttpServer server = server(LONG, readiness)) {
                HttpResponse<String> response = get(server, "/readyz");

                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.body()).isEqualTo("not ready: a check failed\n");
            }
        }
    }

    @Test
    void isNotReadyWhileACheckTakesTooLong() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        CompletableFuture<Optional<String>> stuck = new CompletableFuture<>();
        try (TestingHttpServer server = server(SHORT, () -> checks.getAndIncrement() == 0 ? stuck : completed(null))) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> response = get(server, "/readyz");
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.body()).isEqualTo("not ready: no answer within 50 ms\n");
            }
            assertThat(checks).hasValue(1);

            stuck.complete(Optional.empty());
            assertThat(get(server, "/readyz").body()).isEqualTo("ready\n");
            assertThat(checks).hasValue(2);
        }
    }

    @Test
    void runsOneCheckForAllRequestsMeanwhile() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        CompletableFuture<Optional<String>> check = new CompletableFuture<>();
        Readiness readiness = () -> {
            checks.getAndIncrement();
            return check;
        };
        try (TestingHttpServer server = server(LONG, readiness)) {
            List<CompletableFuture<HttpResponse<String>>> responses = Stream.generate(() -> client.sendAsync(
                            HttpRequest.newBuilder(server.uri("/readyz")).build(), BodyHandlers.ofString()))
                    .limit(10)
                    .toList();
            await().until(() -> server.requests().size() == 10);
            assertThat(checks).hasValue(1);

            check.complete(Optional.of("warming up"));

            for (CompletableFuture<HttpResponse<String>> response : responses) {
                assertThat(response.get().body()).isEqualTo("not ready: warming up\n");
            }
        }
    }

    private static TestingHttpServer server(Duration timeout, Readiness readiness) throws IOException {
        return TestingHttpServer.start(
                new PagesConfig(false, "", true, List.of(), List.of(), Duration.ZERO, timeout), readiness);
    }

    private static CompletionStage<Optional<String>> completed(String reason) {
        return CompletableFuture.completedStage(Optional.ofNullable(reason));
    }

    private HttpResponse<String> get(TestingHttpServer server, String target) throws Exception {
        return client.send(HttpRequest.newBuilder(server.uri(target)).build(), BodyHandlers.ofString());
    }
}
