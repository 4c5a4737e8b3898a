package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.server.engineio.ConnectionLimiter.Verdict;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.engineio.TransportConfig.Io;
import dev.watchparty.server.socketio.EventLimiter.EventVerdict;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The clients and events that the limiter and the configured bounds keep out. */
final class LimitsTest {
    private static final String OPEN = "/socket.io/?EIO=4&transport=polling";

    @Test
    void refusesSessionsThatTheLimiterDoesNotAdmit() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            server.limiter.admits = false;

            HttpResponse<String> polling = TestingPollingClient.get(server.uri(OPEN));

            assertThat(polling.statusCode()).isEqualTo(429);
            assertThat(polling.body()).isEqualTo("{\"code\":4,\"message\":\"Too many requests\"}");
            assertWebSocketRefused(server, 429);
            assertThat(server.server.sessions()).isZero();
            assertThat(server.limiter.asked).allSatisfy(address -> assertThat(address.isLoopbackAddress())
                    .isTrue());
        }
    }

    @Test
    void refusesSessionsBeyondTheMaximum() throws Exception {
        try (TestingServer server = TestingServer.start(config -> config.maxSessions = 2)) {
            TestingWebSocket first = TestingWebSocket.connect(server);
            TestingPollingClient.open(server);

            assertThat(TestingPollingClient.get(server.uri(OPEN)).statusCode()).isEqualTo(503);
            assertWebSocketRefused(server, 503);
            assertThat(server.limiter.openLeases).hasValue(2);

            first.close(1000);
            await().untilAsserted(() -> assertThat(server.limiter.openLeases).hasValue(1));
            TestingWebSocket.connect(server);
        }
    }

    private static void assertWebSocketRefused(TestingServer server, int status) {
        Assertions.assertThatThrownBy(() -> TestingWebSocket.open(server))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
    }

    @Test
    void refusesConnectionsBeyondTheMaximum() throws Exception {
        try (TestingServer server = TestingServer.start(config -> config.maxConnections = 1)) {
            TestingWebSocket client = TestingWebSocket.connect(server);

            assertThat(isRefused(server, "127.0.0.1")).isTrue();
            client.send("42[\"echo\",1]");
            assertThat(client.next()).isEqualTo("42[\"echo\",1]");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.watchparty.server.socketio.TestingTransportConfig#everyIo")
    void refusesConnectionsOfOneAddressBeyondTheMaximum(Io io) throws Exception {
        try (TestingServer server = TestingServer.start(config -> {
            config.io = io;
            config.maxConnectionsPerAddress = 1;
        })) {
            try (TestingRawConnection first = TestingRawConnection.connect(server)) {
                assertThat(isRefused(server, "127.0.0.1")).isTrue();
                assertThat(isRefused(server, "127.0.0.2")).isFalse();
                first.writeTextFrame("42[\"echo\",1]");
                first.readUntil("42[\"echo\",1]");
            }
            await().until(() -> !isRefused(server, "127.0.0.1"));
        }
    }

    @Test
    void letsTrustedProxiesHaveAllConnections() throws Exception {
        try (TestingServer server = TestingServer.start(config -> {
                    config.maxConnectionsPerAddress = 1;
                    config.maxConnections = 2;
                    config.trustedProxies = List.of("127.0.0.1");
                });
                TestingRawConnection first = TestingRawConnection.connect(server);
                TestingRawConnection second = TestingRawConnection.connect(server)) {
            assertThat(isRefused(server, "127.0.0.1")).isTrue();
            for (TestingRawConnection connection : List.of(first, second)) {
                connection.writeTextFrame("42[\"echo\",1]");
                connection.readUntil("42[\"echo\",1]");
            }
        }
    }

    private static boolean isRefused(TestingServer server, String from) throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(server, from)) {
            connection.request("GET /socket.io/ HTTP/1.1", "Connection: close");
            return connection.readAll().isEmpty();
        }
    }

    @Test
    void countsHeldAttachmentsAndHalfSentBodiesTogether() throws Exception {
        try (TestingServer server = TestingServer.start(config -> config.maxUnfinishedBytes = 100_000)) {
            String sid = TestingPollingClient.open(server).sid;
            TestingWebSocket client = TestingWebSocket.connect(server);
            client.send("452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
            client.send(new byte[60_000]);
            client.ping(new byte[] {1});
            client.pong.get(10, TimeUnit.SECONDS);

            try (TestingRawConnection half = TestingRawConnection.open(server)) {
                half.request(
                        "POST /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1".formatted(sid),
                        "Content-Length: 90000");
                half.write("4".repeat(60_000));

                assertThat(half.readAll()).isEmpty();
            }
        }
    }

    @Test
    void dropsEventsThatTheLimiterDrops() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            TestingWebSocket client = TestingWebSocket.connect(server);

            server.limiter.onEvent = EventVerdict.DROP;
            client.send("42[\"echo\",1]");
            client.send("3");
            await().untilAsserted(() -> assertThat(server.limiter.packets).hasValue(2)); // the CONNECT and the pong
            server.limiter.onEvent = EventVerdict.PASS;
            client.send("42[\"echo\",2]");

            assertThat(client.next()).isEqualTo("42[\"echo\",2]");
        }
    }

    @Test
    void closesSessionsThatTheLimiterCloses() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            TestingWebSocket talker = TestingWebSocket.connect(server);
            TestingPollingClient poller = TestingPollingClient.connect(server);

            server.limiter.onEvent = EventVerdict.CLOSE;
            talker.send("42[\"echo\",1]");
            assertThat(talker.closeCode()).isEqualTo(1008);
            server.limiter.onPacket = Verdict.CLOSE;
            poller.post("6");

            await().untilAsserted(() -> assertThat(server.disconnects)
                    .containsExactly(DisconnectReason.LIMIT_EXCEEDED, DisconnectReason.LIMIT_EXCEEDED));
            assertThat(server.received).isEmpty();
        }
    }

    @Test
    void countsPingsOfTheWebSocketToo() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            TestingWebSocket client = TestingWebSocket.connect(server);
            server.limiter.onPacket = Verdict.CLOSE;

            client.ping(new byte[0]);

            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void trustsForwardedAddressesOfTrustedProxiesOnly() throws Exception {
        try (TestingServer open = TestingServer.start();
                TestingServer proxied = TestingServer.start(config -> config.trustedProxies = List.of("127.0.0.0/8"))) {
            TestingPollingClient.get(open.uri(OPEN), "X-Forwarded-For", "203.0.113.7");
            TestingPollingClient.get(proxied.uri(OPEN), "X-Forwarded-For", "198.51.100.1, 203.0.113.7, 127.0.0.2");

            assertThat(open.limiter.asked.get(0).getHostAddress()).isEqualTo("127.0.0.1");
            assertThat(proxied.limiter.asked.get(0).getHostAddress()).isEqualTo("203.0.113.7");
        }
    }
}
