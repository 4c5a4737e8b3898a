package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.socketio.TestingPollingClient;
import dev.watchparty.server.socketio.TestingRawConnection;
import dev.watchparty.server.socketio.TestingServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the server treats connections that occupy it, and requests that are malformed. */
final class HttpGuardTest {
    private static final String GET = "GET /page HTTP/1.1";
    private static TestingServer server;
    private static TestingServer impatient; // closes clients soon: no client can be sure to be fast enough for it

    @BeforeAll
    static void start() {
        server = TestingServer.start();
        impatient = TestingServer.start(config -> {
            config.request = Duration.ofMillis(300);
            config.idle = Duration.ofMillis(300);
        });
    }

    @AfterAll
    static void stop() {
        server.close();
        impatient.close();
    }

    @Test
    void closesAClientThatSendsNothing() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(impatient)) {
            assertThat(connection.readAll()).isEmpty();
        }
    }

    @Test
    void closesARequestWhoseHeadersDoNotEnd() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(impatient)) {
            connection.write("GET /page HTTP/1.1\r\nHost: h\r\nX-Slow: ");
            assertThat(connection.readAll()).isEmpty();
        }
    }

    @Test
    void closesARequestWhoseBodyDoesNotEnd() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(impatient)) {
            connection.write("POST /page HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(connection.readAll()).isEmpty();
        }
    }

    @Test
    void keepsAConnectionForTheNextRequest() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(server)) {
            connection.request(GET);
            connection.readUntil("page /page");
            connection.request("GET /second HTTP/1.1");
            connection.readUntil("page /second");
        }
    }

    @Test
    void closesAConnectionWhoseNextRequestDoesNotCome() throws Exception {
        try (TestingServer own = TestingServer.start(config -> config.idle = Duration.ofMillis(300));
                TestingRawConnection connection = TestingRawConnection.open(own)) {
            connection.request(GET);

            assertThat(connection.readAll()).endsWith("page /page");
        }
    }

    @Test
    void letsAPollWaitAsLongAsItMust() throws Exception {
        try (TestingServer own = TestingServer.start(config -> {
            config.request = Duration.ofSeconds(2);
            config.idle = Duration.ofSeconds(2);
        })) {
            TestingPollingClient client = TestingPollingClient.connect(own);
            try (TestingRawConnection connection = TestingRawConnection.open(own)) {
                connection.request(poll(client));
                try (TestingRawConnection slower = TestingRawConnection.open(own)) {
                    slower.readAll(); // closed after a time that is shorter than the poll's wait
                }
                own.namespace().getAllClients().iterator().next().sendEvent("late");
                connection.readUntil("42[\"late\"]");
            }
        }
    }

    @Test
    void cutsOffAClientThatDoesNotWaitForAnAnswer() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);
        try (TestingRawConnection connection = TestingRawConnection.open(server)) {
            connection.request(poll(client), "Host: h", "", GET);
            assertThat(connection.readAll()).isEmpty();
        }
    }

    @Test
    void answersAClientThatAsksBeforeItSendsABody() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);
        try (TestingRawConnection connection = TestingRawConnection.open(server)) {
            connection.request(
                    "POST /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1".formatted(client.sid),
                    "Content-Length: 12",
                    "Expect: 100-continue");
            connection.readUntil("100 Continue\r\n\r\n");
            connection.write("42[\"echo\",1]");
            connection.readUntil("\r\n\r\nok");
        }
    }

    @Test
    void refusesABodyThatIsTooLongBeforeItComes() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(server)) {
            connection.request(
                    "POST /socket.io/ HTTP/1.1",
                    "Origin: http://page.example",
                    "Content-Length: 1000001",
                    "Expect: 100-continue");
            assertThat(connection.readUntil("Payload too large"))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("access-control-allow-origin: http://page.example");
        }
    }

    @Test
    void answersAndClosesAClientThatDoesNotSpeakHttp() throws Exception {
        assertThat(answerTo("nonsense")).startsWith("HTTP/1.1 400 ").contains("connection: close");
        assertThat(answerTo("GET /%s HTTP/1.1".formatted("x".repeat(5000)))).startsWith("HTTP/1.1 414 ");
        assertThat(answerTo("GET / HTTP/1.1", "X: " + "x".repeat(9000))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void answersAQueryThatIsNotEncoded() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(server)) {
            connection.request("GET /socket.io/?EIO=4&transport=polling&sid=%zz HTTP/1.1");
            assertThat(connection.readUntil("Bad request")).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void closesWhenAskedTo() throws Exception {
        assertThat(answerTo("GET /socket.io/?EIO=4&transport=polling HTTP/1.1", "Connection: close"))
                .startsWith("HTTP/1.1 200 ")
                .contains("connection: close");
        assertThat(answerTo("GET /socket.io/?EIO=4&transport=polling HTTP/1.0")).contains("connection: close");
    }

    @Test
    void answersAHeadRequestWithoutABody() throws Exception {
        assertThat(answerTo("HEAD /socket.io/?EIO=4&transport=polling HTTP/1.1", "Connection: close"))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("\r\n\r\n");
    }

    private static String answerTo(String... request) throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(server)) {
            connection.request(request);
            return connection.readAll();
        }
    }

    private static String poll(TestingPollingClient client) {
        return "GET /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1".formatted(client.sid);
    }
}
