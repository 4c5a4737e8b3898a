package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.socketio.TestingPollingClient;
import dev.watchparty.server.socketio.TestingRawConnection;
import dev.watchparty.server.socketio.TestingServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP that the old client sees: statuses, bodies and headers. */
final class EngineHttpTest {
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";
    private static TestingServer server;

    @BeforeAll
    static void start() {
        server = TestingServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void keepsNoBodyForAnUnknownSession() throws Exception {
        try (TestingServer server = TestingServer.start(config -> config.maxUnfinishedBytes = 100_000)) {
            URI uri = server.uri("/socket.io/?EIO=4&transport=polling&sid=unknown");

            HttpResponse<String> answer = TestingPollingClient.send(
                    HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("x".repeat(900_000))));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
        }
    }

    @Test
    void opensASessionAsTheOriginalDoes() throws Exception {
        HttpResponse<String> response = TestingPollingClient.get(server.uri(OPEN));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[\"websocket\"],"
                        + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; charset=UTF-8");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(response.headers().firstValue("connection")).hasValue("keep-alive");
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            GET    | /socket.io/                                   | 0 | Transport unknown
            GET    | /socket.io/?EIO=4                             | 0 | Transport unknown
            GET    | /socket.io/?EIO=4&transport=                  | 0 | Transport unknown
            GET    | /socket.io/?EIO=4&transport=webtransport      | 0 | Transport unknown
            GET    | /socket.io/?transport=polling                 | 0 | Transport unknown
            GET    | /socket.io/?EIO=3&transport=polling           | 5 | Unsupported protocol version
            GET    | /socket.io/?EIO=abc&transport=polling         | 5 | Unsupported protocol version
            GET    | /socket.io/?EIO=4&transport=polling&sid=abc   | 1 | Session ID unknown
            POST   | /socket.io/?EIO=4&transport=polling&sid=abc   | 1 | Session ID unknown
            GET    | /socket.io/?EIO=4&transport=websocket&sid=abc | 1 | Session ID unknown
            GET    | /socket.io/?EIO=4&transport=websocket         | 3 | Bad request
            POST   | /socket.io/?EIO=4&transport=polling           | 2 | Bad handshake method
            PUT    | /socket.io/?EIO=4&transport=polling           | 2 | Bad handshake method
            DELETE | /socket.io/?EIO=4&transport=polling           | 2 | Bad handshake method
            """)
    void refusesWithTheOriginalsCodes(String method, String path, int code, String message) throws Exception {
        HttpResponse<String> response = TestingPollingClient.send(
                HttpRequest.newBuilder(server.uri(path)).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":%d,\"message\":\"%s\"}".formatted(code, message));
    }

    @Test
    void refusesOtherMethodsOfASession() throws Exception {
        TestingPollingClient client = TestingPollingClient.open(server);

        HttpResponse<String> response = TestingPollingClient.send(
                HttpRequest.newBuilder(server.uri(OPEN + "&sid=" + client.sid)).DELETE());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
    }

    @Test
    void letsEveryPageRead() throws Exception {
        HttpResponse<String> response = TestingPollingClient.get(server.uri(OPEN), "Origin", "http://page.example");

        assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue("http://page.example");
        assertThat(response.headers().firstValue("vary")).hasValue("Origin");
        assertThat(response.headers().firstValue("access-control-allow-credentials"))
                .isEmpty();
    }

    @Test
    void letsOnlyListedPagesReadIfThereIsAList() throws Exception {
        try (TestingServer listed = TestingServer.start(c -> c.allowedOrigins = List.of("https://ours.example"))) {
            HttpResponse<String> ours = TestingPollingClient.get(listed.uri(OPEN), "Origin", "https://ours.example");
            HttpResponse<String> foreign = TestingPollingClient.get(listed.uri(OPEN), "Origin", "https://evil.example");

            assertThat(ours.headers().firstValue("access-control-allow-origin")).hasValue("https://ours.example");
            assertThat(ours.headers().firstValue("access-control-allow-credentials"))
                    .hasValue("true");
            assertThat(foreign.headers().firstValue("access-control-allow-origin"))
                    .isEmpty();
            assertThat(foreign.headers().firstValue("vary")).hasValue("Origin");
        }
    }

    @Test
    void answersPreflightsWithoutASession() throws Exception {
        try (TestingServer own = TestingServer.start()) {
            HttpResponse<String> response = TestingPollingClient.send(HttpRequest.newBuilder(own.uri(OPEN))
                    .method("OPTIONS", BodyPublishers.noBody())
                    .headers("Origin", "http://page.example", "Access-Control-Request-Headers", "x-one,x-two"));

            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.headers().firstValue("access-control-allow-origin"))
                    .hasValue("http://page.example");
            assertThat(response.headers().firstValue("access-control-allow-methods"))
                    .hasValue("GET,POST");
            assertThat(response.headers().firstValue("access-control-allow-headers"))
                    .hasValue("x-one,x-two");
            assertThat(own.server.sessions()).isZero();
        }
    }

    @Test
    void acceptsPayloadsUpToTheMaximumLength() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);
        String longest = "42[\"echo\",\"" + "x".repeat(1_000_000 - 13) + "\"]";

        assertThat(client.post(longest).body()).isEqualTo("ok");
        assertThat(client.poll().body()).hasSize(1_000_000);
        assertThat(client.post(longest + " ").statusCode()).isEqualTo(413);
        assertThat(client.post("42[\"echo\",1]").body()).isEqualTo("ok");
        assertThat(client.poll().body()).isEqualTo("42[\"echo\",1]");
    }

    @Test
    void leavesOtherPathsToThePages() throws Exception {
        assertThat(TestingPollingClient.get(server.uri("/")).body()).isEqualTo("page /");
        assertThat(TestingPollingClient.get(server.uri("/socket.io")).body()).isEqualTo("page /socket.io");
        assertThat(TestingPollingClient.get(server.uri("/socket.iox/")).body()).isEqualTo("page /socket.iox/");
    }

    @Test
    void givesEveryClientItsOwnSecret() throws Exception {
        assertThat(TestingPollingClient.open(server).sid).isNotEqualTo(TestingPollingClient.open(server).sid);
    }

    @ParameterizedTest
    @CsvSource({
        "https://good.example, 101",
        "http://h, 101",
        "https://h, 101",
        "https://evil.example, 403",
        "null, 403",
        "https://good.example.evil.example, 403"
    })
    void opensWebSocketsForPagesOfTheListedOriginsAndItsOwn(String origin, int status) throws Exception {
        try (TestingServer strict =
                        TestingServer.start(config -> config.allowedOrigins = List.of("https://good.example"));
                TestingRawConnection connection = TestingRawConnection.open(strict)) {
            connection.request(
                    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                    "Origin: " + origin,
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

            assertThat(connection.readUntil("\r\n")).startsWith("HTTP/1.1 " + status + " ");
        }
    }
}
