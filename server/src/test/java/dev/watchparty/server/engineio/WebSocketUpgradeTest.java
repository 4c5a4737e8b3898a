package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.engineio.TransportConfig.Compression;
import dev.watchparty.server.socketio.TestingRawConnection;
import dev.watchparty.server.socketio.TestingServer;
import dev.watchparty.server.socketio.TestingTransportConfig;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The opening handshake of RFC 6455, as bytes. When the server is closed, no refused request may hold a place. */
final class WebSocketUpgradeTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private TestingServer server;
    private TestingRawConnection connection;

    @BeforeEach
    void start() throws Exception {
        server = TestingServer.start();
        connection = TestingRawConnection.open(server);
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void answersWithTheAcceptOfTheStandardsExample() throws Exception {
        request("Connection: keep-alive, Upgrade", "13", KEY);

        String answer = connection.readUntil("\r\n\r\n");
        assertThat(answer.lines().filter(line -> !line.isEmpty()))
                .containsExactlyInAnyOrder(
                        "HTTP/1.1 101 Switching Protocols",
                        "upgrade: websocket",
                        "connection: upgrade",
                        "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                        "vary: Origin");
    }

    @ParameterizedTest
    @CsvSource({
        "Connection: Upgrade, 8, dGhlIHNhbXBsZSBub25jZQ==, 426",
        "Connection: Upgrade, '', dGhlIHNhbXBsZSBub25jZQ==, 426",
        "Connection: Upgrade, 13, dGhlIHNhbXBsZSBub25jZ, 400",
        "Connection: Upgrade, 13, '', 400",
        "Connection: close, 13, dGhlIHNhbXBsZSBub25jZQ==, 400"
    })
    void refusesInvalidHandshakes(String connectionHeader, String version, String key, int status) throws Exception {
        request(connectionHeader, version, key);

        assertThat(connection.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");
        assertThat(server.limiter.asked).hasSize(1);
        server.awaitNoSessions();
    }

    @Test
    void namesItsVersionToAClientThatSpeaksAnother() throws Exception {
        request("Connection: Upgrade", "99", KEY);

        assertThat(connection.readUntil("\r\n\r\n").lines())
                .contains("HTTP/1.1 426 Upgrade Required", "sec-websocket-version: 13", "content-length: 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {";;,,=;", "permessage-deflate; client_max_window_bits=99999999999"})
    void refusesExtensionsThatCannotBeRead(String extensions) throws Exception {
        Consumer<TestingTransportConfig> compressing =
                config -> config.compression = Optional.of(new Compression(1024));
        try (TestingServer server = TestingServer.start(compressing);
                TestingRawConnection connection = TestingRawConnection.open(server)) {
            assertThat(connection.openWebSocket("Sec-WebSocket-Extensions: " + extensions))
                    .startsWith("HTTP/1.1 400 ");
            server.awaitNoSessions();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Sec-WebSocket-Protocol: v1.party; v1.party",
                "Sec-WebSocket-Protocol: v2.party, v1.party; v2.party",
                "Sec-WebSocket-Protocol: a|Sec-WebSocket-Protocol: b; a",
                "Sec-WebSocket-Protocol:  a \t,b ; a",
                "Sec-WebSocket-Protocol: A, a; A",
                "Sec-WebSocket-Protocol: !#$%&'*+.^_`|~9; !#$%&'*+.^_`|~9",
            })
    void choosesTheFirstSubprotocolThatIsOffered(String headers, String taken) throws Exception {
        String[] lines = headers.contains("|Sec") ? headers.split("\\|") : new String[] {headers};

        assertThat(connection.openWebSocket(lines).lines())
                .contains("HTTP/1.1 101 Switching Protocols", "sec-websocket-protocol: " + taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "a,", ",a", "a,,b", "a b", "a, b c", "a,a", "a, b, a", "a/b", "a;b", "\"a\"", "\u00e4"})
    void refusesSubprotocolsThatWsOnNodeRefuses(String offered) throws Exception {
        assertThat(connection.openWebSocket("Sec-WebSocket-Protocol: " + offered))
                .startsWith("HTTP/1.1 400 ");
        server.awaitNoSessions();
    }

    @Test
    void choosesTheFirstOfAThousandSubprotocols() throws Exception {
        String thousand = IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining(","));

        assertThat(connection
                        .openWebSocket("Sec-WebSocket-Protocol: " + thousand)
                        .lines())
                .contains("sec-websocket-protocol: 0");
    }

    @Test
    void readsFramesThatComeRightAfterTheRequest() throws Exception {
        String request = String.join(
                "\r\n",
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                "Host: h",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: " + KEY);
        String connect = "\u0081\u0082\0\0\0\0" + "40";

        connection.write(request + "\r\n\r\n" + connect);

        assertThat(connection.readUntil("42[\"hello\"]"))
                .startsWith("HTTP/1.1 101 ")
                .containsSubsequence("0{\"sid\":", "40{\"sid\":");
    }

    private void request(String connectionHeader, String version, String key) throws Exception {
        connection.request(
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                "Upgrade: websocket",
                connectionHeader,
                "Sec-WebSocket-Version: " + version,
                "Sec-WebSocket-Key: " + key);
    }
}
