package dev.watchparty.server.http;

import static dev.watchparty.server.http.TestingClientFolder.SCRIPT_PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http.FullHttpRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
    private static final int MANY = 256;

    private final CompletableFuture<Optional<String>> readiness = new CompletableFuture<>();
    private TestingHttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestingHttpServer.start(TestingHttpServer.CONFIG, () -> readiness);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesTwoRequestsOnOneConnection() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            var first = connection.send(get("/", "")).readResponse();
            var second = connection.send(get(SCRIPT_PATH, "")).readResponse();

            assertThat(first.content()).isEqualTo(TestingClientFolder.INDEX);
            assertThat(first.header("connection")).isNull();
            assertThat(second.content()).isEqualTo(TestingClientFolder.SCRIPT);
        }
    }

    @Test
    void servesRequestsThatAreSentBeforeTheAnswersAreRead() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            connection.send(get("/", "") + get("/nothing", "") + get(SCRIPT_PATH, "") + get("/healthz", ""));

            assertThat(connection.readResponse().content()).isEqualTo(TestingClientFolder.INDEX);
            assertThat(connection.readResponse().status()).isEqualTo(404);
            assertThat(connection.readResponse().content()).isEqualTo(TestingClientFolder.SCRIPT);
            assertThat(connection.readResponse().content()).isEqualTo("ok\n");
        }
    }

    @Test
    void cutsOffAClientThatAsksAgainBeforeASlowAnswer() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            connection.send(get("/readyz", "") + get("/healthz", ""));

            assertThat(connection.readToEnd()).isEmpty();
        }
        readiness.complete(Optional.empty());
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void sendsTheHeadersOfAGetAndNoContentForHead() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            connection.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/", ""));
            var head = connection.readHeaders();
            var get = connection.readResponse();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("" + TestingClientFolder.INDEX.length());
            assertThat(get.content()).isEqualTo(TestingClientFolder.INDEX);
            assertThat(head.headers()).isEqualTo(get.headers());
        }
    }

    @Test
    void sendsNoContentForHeadOfAPathThatIsNotThere() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            connection.send("HEAD /nothing HTTP/1.1\r\nHost: a\r\n\r\n" + get("/healthz", ""));

            assertThat(connection.readHeaders().status()).isEqualTo(404);
            assertThat(connection.readResponse().content()).isEqualTo("ok\n");
        }
    }

    @Test
    void sendsNoBodyForUnmodifiedContent() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            String tag = connection.send(get("/", "")).readResponse().header("etag");
            connection.send(get("/", "If-None-Match: " + tag + "\r\n") + get("/healthz", ""));

            assertThat(connection.readHeaders().status()).isEqualTo(304);
            assertThat(connection.readResponse().content()).isEqualTo("ok\n");
        }
    }

    @Test
    void endsTheConnectionAfterTheAnswerIfTheClientAsksForIt() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            connection.send(get("/", "Connection: close\r\n"));

            assertThat(connection.readResponse().header("connection")).isEqualTo("close");
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void ignoresRequestsAfterTheOneThatEndsTheConnection() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            connection.send(get("/", "Connection: close\r\n") + get("/healthz", ""));

            assertThat(connection.readResponse().content()).isEqualTo(TestingClientFolder.INDEX);
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void endsTheConnectionOfAnOldClientUnlessItAsksToKeepIt() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            connection.send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(connection.readResponse().header("connection")).isEqualTo("keep-alive");

            connection.send("GET /healthz HTTP/1.0\r\n\r\n");
            assertThat(connection.readResponse().header("connection")).isEqualTo("close");
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void closesAConnectionThatAsksAndNeverReads() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            connection.send(get("/assets/large-00000000.bin", "").repeat(MANY));

            await().until(() -> !server.requests().isEmpty());
            await().until(() -> server.connections().isEmpty());
            assertThat(server.requests()).hasSizeLessThan(MANY);
        }
    }

    @Test
    void keepsAConnectionThatAsksForMuchAndReads() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            for (int i = 0; i < MANY; i++) {
                assertThat(connection
                                .send(get("/assets/large-00000000.bin", ""))
                                .readResponse()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void releasesEveryRequest() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get("/nothing", "")
                    + get("/", "Connection: close\r\n"));
            connection.readToEnd();
        }

        await().until(() -> server.requests().size() == 3);
        await().untilAsserted(() -> assertThat(server.requests())
                .extracting(FullHttpRequest::refCnt)
                .containsOnly(0));
    }

    @Test
    void survivesAClientThatLeavesBeforeItsAnswer() throws IOException {
        try (TestingHttpConnection connection = server.connect()) {
            connection.send(get("/readyz", ""));
            await().until(() -> server.requests().size() == 1);
        }
        await().until(() -> server.connections().isEmpty());
        readiness.complete(Optional.empty());

        try (TestingHttpConnection connection = server.connect()) {
            assertThat(connection.send(get("/readyz", "")).readResponse().content())
                    .isEqualTo("ready\n");
        }
    }

    private static String get(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
    }
}
