package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.engineio.TransportConfig.Hosts;
import dev.watchparty.server.socketio.TestingRawConnection;
import dev.watchparty.server.socketio.TestingServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests without a host, with several, with another one, or with another version of HTTP; for pages, polling and
 * WebSockets alike.
 */
final class HostCheckTest {
    private static final String PAGE = "/page";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEB_SOCKET = "/socket.io/?EIO=4&transport=websocket";

    private static TestingServer any;
    private static TestingServer named;
    private static TestingServer proxied;

    @BeforeAll
    static void start() {
        Hosts hosts = new Hosts(List.of("party.example.com", "*.Example.org", "::1", "192.0.2.1"), Set.of("/healthz"));
        any = TestingServer.start();
        named = TestingServer.start(config -> config.hosts = hosts);
        proxied = TestingServer.start(config -> {
            config.hosts = hosts;
            config.trustedProxies = List.of("127.0.0.1", "10.0.0.0/8");
        });
    }

    @AfterAll
    static void stop() {
        any.close();
        named.close();
        proxied.close();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(PAGE, POLLING, WEB_SOCKET).flatMap(target -> Stream.of(
                        "HTTP/1.1",
                        "HTTP/1.1|Host: a|Host: a",
                        "HTTP/1.1|Host: a|Host: b",
                        "HTTP/1.0|Host: a|Host: a",
                        "HTTP/1.1|Host:",
                        "HTTP/1.1|Host: a b",
                        "HTTP/1.1|Host: a/b",
                        "HTTP/1.1|Host: b@a",
                        "HTTP/1.1|Host: a,b",
                        "HTTP/1.1|Host: a..b",
                        "HTTP/1.1|Host: .a",
                        "HTTP/1.1|Host: http://a",
                        "HTTP/1.1|Host: [::1",
                        "HTTP/1.1|Host: [g::1]",
                        "HTTP/1.1|Host: ::1",
                        "HTTP/1.1|Host: a:b",
                        "HTTP/1.1|Host: a:0",
                        "HTTP/1.1|Host: a:65536",
                        "HTTP/1.1|Host: a:123456",
                        "HTTP/1.1|Host: \u00e4",
                        "HTTP/1.1|Host: " + "a".repeat(300),
                        "HTTP/9.9|Host: a",
                        "HTTP/2.0|Host: a",
                        "HTTP/1.2|Host: a",
                        "HTTP/0.9|Host: a",
                        "RTSP/1.0|Host: a")
                .map(rest -> Arguments.of(target, rest)));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesRequestsThatAreNotHttp1WithOneHost(String target, String rest) throws Exception {
        String answer = answer(any, target + " " + rest);

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("connection: close")
                .endsWith("{\"code\":3,\"message\":\"Bad request\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0",
                "HTTP/1.0|Host: a",
                "HTTP/1.1|Host: a",
                "HTTP/1.1|Host: A.b-c.Example.",
                "HTTP/1.1|Host: a_b:4000",
                "HTTP/1.1|Host: a:",
                "HTTP/1.1|Host: 127.0.0.1:65535",
                "HTTP/1.1|Host: [::1]:4000",
                "HTTP/1.1|Host: [fe80::1]",
                "HTTP/1.1|Host: xn--80adxhks.example",
            })
    void answersUnderAnyNameIfNoneIsSet(String rest) throws Exception {
        assertThat(answer(any, PAGE + " " + rest)).startsWith("HTTP/1.1 200 ");
        assertThat(answer(any, POLLING + " " + rest)).startsWith("HTTP/1.1 200 ");
        assertThat(answer(any, WEB_SOCKET + " " + rest)).startsWith("HTTP/1.1 101 ");
    }

    @ParameterizedTest
    @CsvSource({
        "party.example.com, true",
        "PARTY.Example.Com:8443, true",
        "a.example.org, true",
        "a-b_c.EXAMPLE.ORG, true",
        "[::1]:4000, true",
        "[0:0:0:0:0:0:0:1], true",
        "192.0.2.1:80, true",
        "example.org, false",
        "a.b.example.org, false",
        "aexample.org, false",
        "evil.example, false",
        "party.example.com.evil.example, false",
        "party.example.com., false",
        "192.0.2.10, false",
        "[::2], false",
        "h, false",
    })
    void answersOnlyUnderItsNamesIfSomeAreSet(String host, boolean isOurs) throws Exception {
        String host11 = " HTTP/1.1|Host: " + host;

        assertThat(answer(named, PAGE + host11)).startsWith(isOurs ? "HTTP/1.1 200 " : "HTTP/1.1 421 ");
        assertThat(answer(named, POLLING + host11)).startsWith(isOurs ? "HTTP/1.1 200 " : "HTTP/1.1 421 ");
        assertThat(answer(named, WEB_SOCKET + host11)).startsWith(isOurs ? "HTTP/1.1 101 " : "HTTP/1.1 421 ");
        assertThat(answer(named, "/healthz" + host11)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "/page HTTP/1.0, 421",
        "/healthz HTTP/1.0, 200",
        "/healthz?full HTTP/1.0, 200",
        "/healthz HTTP/1.1, 400",
        "/healthz/x HTTP/1.1|Host: h, 421",
        "http://party.example.com/page HTTP/1.1|Host: evil.example, 200",
        "HTTP://party.example.com?x HTTP/1.1|Host: evil.example, 200",
        "http://evil.example/page HTTP/1.1|Host: party.example.com, 421",
        "http://user@party.example.com/page HTTP/1.1|Host: party.example.com, 400",
        "http:///page HTTP/1.1|Host: party.example.com, 400",
        "http://party.example.com/page HTTP/1.1, 400",
    })
    void prefersTheHostOfTheTargetToTheHeader(String rest, int status) throws Exception {
        assertThat(answer(named, rest)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void acceptsATargetThatNamesTheHostForSocketIoToo() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(any)) {
            connection.write("GET http://h" + POLLING + " HTTP/1.1\r\nHost: h\r\n\r\n");

            assertThat(connection.readUntil("0{\"sid\":")).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Host: inner|X-Forwarded-Host: party.example.com; 200",
                "Host: inner|X-Forwarded-Host: evil.example, party.example.com; 200",
                "Host: inner|X-Forwarded-Host: evil.example|X-Forwarded-Host: party.example.com; 200",
                "Host: inner|X-Forwarded-Host: party.example.com, evil.example; 421",
                "Host: party.example.com|X-Forwarded-Host: evil.example; 421",
                "Host: inner|X-Forwarded-Host: party.example.com, inner|X-Forwarded-For: 203.0.113.7, 10.0.0.1; 200",
                "Host: inner|X-Forwarded-Host: evil.example, party.example.com, inner|X-Forwarded-For: 203.0.113.7, 10.0.0.1; 200",
                "Host: inner|X-Forwarded-Host: party.example.com|X-Forwarded-For: 203.0.113.7, 10.0.0.1; 200",
                "Host: inner|X-Forwarded-Host: party.example.com, inner|X-Forwarded-For: 10.0.0.1, 203.0.113.7; 421",
                "Host: party.example.com|X-Forwarded-Host: a b; 400",
                "Host: party.example.com|X-Forwarded-Host:; 400",
                "X-Forwarded-Host: party.example.com; 400",
                "Host: party.example.com; 200",
                "Host: inner; 421",
            })
    void trustsTheHostThatTrustedProxiesReport(String headers, int status) throws Exception {
        assertThat(answer(proxied, PAGE + " HTTP/1.1|" + headers)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void doesNotTrustTheHostThatOthersReport() throws Exception {
        String reports = "|X-Forwarded-Host: party.example.com";

        assertThat(answer(named, PAGE + " HTTP/1.1|Host: evil.example" + reports))
                .startsWith("HTTP/1.1 421 ");
        assertThat(answer(named, PAGE + " HTTP/1.1|Host: party.example.com|X-Forwarded-Host: evil.example"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void readsAndDropsTheBodyOfARefusedRequest() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(any)) {
            connection.write("POST /page HTTP/1.1\r\nContent-Length: 500000\r\n\r\n" + "x".repeat(500_000));

            assertThat(connection.readAll()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void refusesAClientThatAsksFirstBeforeItSendsTheBody() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(any)) {
            connection.write("POST /page HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");

            assertThat(connection.readAll()).startsWith("HTTP/1.1 400 ");
        }
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    /** @param rest the target, the version and the headers, separated by bars */
    private static String answer(TestingServer server, String rest) throws Exception {
        boolean isWebSocket = rest.startsWith(WEB_SOCKET);
        String more = isWebSocket
                ? lines(
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                : lines("Connection: close");
        try (TestingRawConnection connection = TestingRawConnection.open(server)) {
            connection.write("GET " + rest.replace("|", "\r\n") + "\r\n" + more + "\r\n");
            String head = connection.readUntil("\r\n");
            return head.startsWith("HTTP/1.1 4") ? connection.readAll() : connection.readUntil("\r\n\r\n");
        }
    }
}
