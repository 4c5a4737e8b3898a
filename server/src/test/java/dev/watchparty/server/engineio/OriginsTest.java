package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchparty.server.socketio.TestingRawConnection;
import dev.watchparty.server.socketio.TestingServer;
import dev.watchparty.server.socketio.TestingTransportConfig;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that may read the answers to polls are the same that may open WebSockets. */
final class OriginsTest {
    private static final List<String> LISTED = List.of(
            "https://watch.example.com",
            "HTTPS://Other.Example.com:443",
            "https://*.example.org",
            "http://localhost:5173",
            "http://[2001:DB8:0::1]:8080",
            "https://xn--80adxhks.example",
            "wss://sockets.example",
            "capacitor://localhost");

    private static TestingServer listed;
    private static TestingServer proxied;

    @BeforeAll
    static void start() {
        listed = TestingServer.start(config -> config.allowedOrigins = LISTED);
        proxied = TestingServer.start(config -> {
            config.allowedOrigins = LISTED;
            config.trustedProxies = List.of("127.0.0.1");
        });
    }

    @AfterAll
    static void stop() {
        listed.close();
        proxied.close();
    }

    @ParameterizedTest
    @CsvSource({
        "https://watch.example.com, true",
        "https://watch.example.com:443, true",
        "wss://watch.example.com, true",
        "HTTPS://WATCH.example.com, true",
        "https://other.example.com, true",
        "https://a.example.org, true",
        "https://a-b.example.org:443, true",
        "http://localhost:5173, true",
        "ws://localhost:5173, true",
        "http://[2001:db8::1]:8080, true",
        "https://xn--80adxhks.example, true",
        "https://sockets.example, true",
        "capacitor://localhost, true",
        "http://watch.example.com, false",
        "ws://watch.example.com, false",
        "https://watch.example.com:8443, false",
        "https://watch.example.com/, false",
        "https://watch.example.com., false",
        "https://evil.example, false",
        "https://watch.example.com.evil.example, false",
        "https://evil.example/watch.example.com, false",
        "https://watch.example.com@evil.example, false",
        "https://example.org, false",
        "https://a.b.example.org, false",
        "https://.example.org, false",
        "https://evilexample.org, false",
        "http://a.example.org, false",
        "https://a.example.org:8443, false",
        "http://localhost, false",
        "http://localhost:5174, false",
        "http://[2001:db8::2]:8080, false",
        "capacitor://other, false",
        "null, false",
        "'', false",
        "*, false",
    })
    void listedOriginsAreAdmitted(String origin, boolean admitted) throws Exception {
        assertAdmitted(listed, admitted, "Host: party.example.net", "Origin: " + origin);
    }

    @ParameterizedTest
    @CsvSource({
        "party.example.com, https://party.example.com, true",
        "party.example.com, http://party.example.com, true",
        "party.example.com:443, https://party.example.com, true",
        "party.example.com:443, wss://party.example.com, true",
        "party.example.com:80, http://party.example.com:80, true",
        "party.example.com:80, ws://party.example.com, true",
        "party.example.com:80, https://party.example.com, true",
        "party.example.com, https://party.example.com:443, true",
        "PARTY.Example.com, https://party.example.com, true",
        "party.example.com:8443, https://party.example.com:8443, true",
        "'[2001:DB8::1]:4000', 'http://[2001:db8:0:0::1]:4000', true",
        "192.0.2.1:4000, http://192.0.2.1:4000, true",
        "party.example.com:8443, https://party.example.com, false",
        "party.example.com, https://party.example.com:8443, false",
        "party.example.com, http://party.example.com:443, false",
        "party.example.com, https://evil.example, false",
        "party.example.com, https://sub.party.example.com, false",
        "party.example.com, ftp://party.example.com, false",
        "party.example.com, null, false",
    })
    void pagesOfTheServerItselfAreAdmitted(String host, String origin, boolean admitted) throws Exception {
        assertAdmitted(listed, admitted, "Host: " + host, "Origin: " + origin);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "party.example.com; https; https://party.example.com; true",
                "party.example.com; https; wss://party.example.com:443; true",
                "party.example.com; wss; https://party.example.com; true",
                "party.example.com; https; http://party.example.com; false",
                "party.example.com; http; http://party.example.com; true",
                "party.example.com; http; https://party.example.com; true",
                "evil.example, party.example.com; http, https; https://party.example.com; true",
                "evil.example, party.example.com; http, https; https://evil.example; false",
                "party.example.com:8443; https; https://party.example.com:8443; true",
                "party.example.com; https; http://inner:4000; false",
                "party.example.com; https; https://evil.example; false",
            })
    void hostAndSchemeOfTrustedProxiesCount(String host, String scheme, String origin, boolean admitted)
            throws Exception {
        String[] headers = {
            "Host: inner:4000", "X-Forwarded-Host: " + host, "X-Forwarded-Proto: " + scheme, "Origin: " + origin
        };

        assertAdmitted(proxied, admitted, headers);
        assertAdmitted(listed, origin.equals("http://inner:4000"), headers);
    }

    @Test
    void clientsThatNameNoOriginAreAdmitted() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(listed)) {
            assertThat(connection.openWebSocket()).startsWith("HTTP/1.1 101 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://watch.example.com/",
                "https://watch.example.com/party",
                "https://watch.example.com?a",
                "https://user@watch.example.com",
                "watch.example.com",
                "*.example.org",
                "https://*",
                "https://*.",
                "https://a.*.example.org",
                "https://*a.example.org",
                "https://*.*.example.org",
                "https://*.192.0.2.1",
                "https://*.[::1]",
                "https://watch.example.com:*",
                "https://watch.example.com:0",
                "https://watch.example.com:99999",
                "https://127.1",
                "https://\u043a\u0438\u043d\u043e.example",
                "https://a b",
                "https://",
                "file://",
                "null",
                "",
            })
    void entryThatIsNotAnOriginIsRefused(String entry) {
        TestingTransportConfig config = new TestingTransportConfig();
        config.allowedOrigins = List.of("https://good.example", entry);

        assertThatIllegalArgumentException()
                .isThrownBy(config::build)
                .withMessageStartingWith(
                        "allowedOrigins: " + entry + " (expected: * or origins such as https://watch.example.com,");
    }

    private static void assertAdmitted(TestingServer server, boolean admitted, String... headers) throws Exception {
        String all = String.join("\r\n", headers) + "\r\n";
        try (TestingRawConnection polling = TestingRawConnection.open(server)) {
            polling.write("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nConnection: close\r\n" + all + "\r\n");
            String answer = polling.readAll();

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(answer.contains("access-control-allow-origin: ")).isEqualTo(admitted);
        }
        try (TestingRawConnection webSocket = TestingRawConnection.open(server)) {
            webSocket.write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + all + "\r\n");

            assertThat(webSocket.readUntil("\r\n")).startsWith(admitted ? "HTTP/1.1 101 " : "HTTP/1.1 403 ");
        }
    }
}
