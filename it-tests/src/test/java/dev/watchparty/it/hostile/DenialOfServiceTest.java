package dev.watchparty.it.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.InflateBomb;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingBystander;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The attacks that end other servers, one after the other, on one small server where an ordinary party continues. */
class DenialOfServiceTest {
    private static final String ROOM = "&room=attackers";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling" + ROOM;
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket" + ROOM;
    private static final long HEAP_TOLERANCE = 8 << 20;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    private TestingServerProcess server;
    private TestingBystander bystander;

    @Test
    void noneOfTheKnownAttacksEndsTheParty() {
        server = party.use(TestingServerProcess.start(
                List.of("-Xmx256m", "-Dio.netty.leakDetection.level=paranoid"),
                Map.of(
                        ServerKeys.RECOVERY_GRACE,
                        "0 s",
                        "watchparty.server.timeouts.connect",
                        "3 s",
                        "watchparty.server.timeouts.request",
                        "3 s",
                        "watchparty.server.timeouts.idle",
                        "5 s",
                        "watchparty.server.compression.enabled",
                        true)));
        bystander = TestingBystander.join(party);
        attack("warm-up", this::twoPacketsInEachOfThousandsOfBodies);
        long before = server.usedHeapAfterCollection();

        attack("two packets in each body", this::twoPacketsInEachOfThousandsOfBodies);
        attack("inflate bomb", this::smallFramesThatInflateToHundredsOfMegabytes);
        attack("requests that cannot be read", this::requestsThatAreNotAnsweredElsewhere);
        attack("requests without a session", this::requestsThatOpenSessionsElsewhere);
        attack("readers that never read", this::readersThatNeverRead);
        attack("sockets that never connect", this::socketsThatEnterNoNamespace);
        attack("monstrous packets", this::monstrousPackets);
        attack("headers without an end", this::headersWithoutAnEnd);
        attack("half requests", this::halfRequestsAndSlowBodies);
        attack("namespaces", this::thousandsOfNamespaces);
        attack("rooms", this::roomsWithoutAnEnd);

        server.awaitSessions(3);
        assertThat(server.usedHeapAfterCollection()).isLessThan(before + HEAP_TOLERANCE);
        bystander.leave();
        server.assertNothingLeft();
    }

    private void attack(String name, Runnable attack) {
        attack.run();
        bystander.assertUndisturbed("after " + name);
        assertThat(server.outputWith(" ERROR ")).as("after %s", name).isEmpty();
    }

    private void twoPacketsInEachOfThousandsOfBodies() {
        try (TestingRawClient client = new TestingRawClient(server)) {
            String target = open(client);
            for (int i = 0; i < 3000; i++) {
                assertThat(post(client, target, "42[\"no-such-event\",1]\u001e42[\"no-such-event\",2]")
                                .status())
                        .isEqualTo(200);
            }
            post(client, target, "1");
        }
    }

    private void smallFramesThatInflateToHundredsOfMegabytes() {
        byte[] bomb = InflateBomb.payload();
        for (int i = 0; i < 5; i++) {
            try (TestingRawWebSocket socket = TestingRawWebSocket.open(
                    server, WEBSOCKET, Map.of("Sec-WebSocket-Extensions", "permessage-deflate"))) {
                assertThat(socket.handshake().header("sec-websocket-extensions"))
                        .contains("permessage-deflate");
                socket.sendText("40");
                socket.send(TestingRawWebSocket.frame(0xC0 | TestingRawWebSocket.TEXT, bomb));
                socket.awaitClosed();
            }
        }
    }

    private void requestsThatAreNotAnsweredElsewhere() {
        for (int i = 0; i < 500; i++) {
            assertThat(TestingRawClient.get(server, POLLING + "&sid=abc").status())
                    .isEqualTo(400);
            assertThat(TestingRawClient.get(server, POLLING + "&x=%zz").status())
                    .isEqualTo(400);
        }
    }

    private void requestsThatOpenSessionsElsewhere() {
        try (TestingRawClient client = new TestingRawClient(server)) {
            for (int i = 0; i < 2000; i++) {
                client.request("OPTIONS", POLLING, Map.of("Origin", "http://a.example"), "");
                assertThat(post(client, POLLING, "40").status()).isEqualTo(400);
            }
        }
        server.awaitSessions(3);
    }

    private void readersThatNeverRead() {
        List<TestingRawWebSocket> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestingRawWebSocket socket = TestingRawWebSocket.open(server, WEBSOCKET, Map.of());
            readers.add(socket);
            socket.sendText("40");
            for (int j = 0; j < 500; j++) {
                // The answer lists all users, and all are notified: together megabytes for each.
                socket.sendText("42[\"session:join\",{\"username\":\"%s %d\"}]".formatted("x".repeat(40), j));
            }
        }
        bystander.settle();
        readers.forEach(TestingRawWebSocket::close);
    }

    private void socketsThatEnterNoNamespace() {
        List<TestingRawWebSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sockets.add(TestingRawWebSocket.open(server, WEBSOCKET, Map.of()));
            TestingRawClient.get(server, POLLING);
        }
        sockets.forEach(TestingRawWebSocket::awaitClosed);
        sockets.forEach(TestingRawWebSocket::close);
        server.awaitSessions(3);
    }

    private void monstrousPackets() {
        List<String> monsters = List.of(
                "42[\"session:seek\"," + "[".repeat(400_000),
                "42[\"session:seek\"," + "{\"a\":".repeat(150_000),
                "42[\"session:seek\",{\"time\":" + "9".repeat(100_000) + "}]",
                "42[\"session:seek\",{\"time\":1e" + "9".repeat(100_000) + "}]",
                "42" + "9".repeat(100_000) + "[\"ping\"]",
                "45999999999-[\"x\",{\"_placeholder\":true,\"num\":0}]",
                "4510-[\"x\"]",
                "40" + "{\"a\":".repeat(150_000),
                "42[\"" + "\\u0000".repeat(150_000) + "\"]");
        for (String monster : monsters) {
            for (int i = 0; i < 10; i++) {
                try (TestingRawWebSocket socket = TestingRawWebSocket.open(server, WEBSOCKET, Map.of())) {
                    socket.sendText("40");
                    socket.sendText(monster);
                    socket.sendText("1");
                    socket.awaitClosed();
                }
                try (TestingRawClient client = new TestingRawClient(server)) {
                    String target = open(client);
                    post(client, target, monster);
                    post(client, target, "1");
                }
            }
        }
    }

    private void headersWithoutAnEnd() {
        for (int i = 0; i < 50; i++) {
            try (TestingRawClient client = new TestingRawClient(server)) {
                client.send(("GET " + POLLING + " HTTP/1.1\r\n").getBytes(ISO_8859_1));
                client.send("X-Flood: 0123456789012345678901234567890123456789\r\n"
                        .repeat(20_000)
                        .getBytes(ISO_8859_1));
                client.awaitClosed();
            }
        }
    }

    private void halfRequestsAndSlowBodies() {
        List<TestingRawClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            TestingRawClient half = new TestingRawClient(server);
            half.send(("GET " + POLLING + " HTTP/1.1\r\nHost:").getBytes(ISO_8859_1));
            clients.add(half);
            TestingRawClient slow = new TestingRawClient(server);
            slow.sendRequest("POST", POLLING, Map.of("Content-Length", "1000000"), "");
            slow.send("x".repeat(50_000).getBytes(ISO_8859_1));
            clients.add(slow);
        }
        bystander.settle();
        clients.forEach(TestingRawClient::awaitClosed);
        clients.forEach(TestingRawClient::close);
    }

    private void thousandsOfNamespaces() {
        try (TestingRawWebSocket socket = TestingRawWebSocket.open(server, WEBSOCKET, Map.of())) {
            socket.sendText("40");
            for (int i = 0; i < 5000; i++) {
                socket.sendText("40/namespace" + i + ",{\"token\":" + i + "}");
                if (i % 100 == 99) { // a client that does not read is closed, as readersThatNeverRead shows
                    String last = "44/namespace" + i + ",";
                    socket.awaitText(text -> text.startsWith(last));
                }
            }
            socket.sendText("1");
            socket.awaitClosed();
        }
    }

    private void roomsWithoutAnEnd() {
        for (int i = 0; i < 1000; i++) {
            try (TestingRawWebSocket socket = TestingRawWebSocket.open(
                    server, "/socket.io/?EIO=4&transport=websocket&room=attackers-" + i, Map.of())) {
                socket.sendText("40");
                socket.sendText("1");
                socket.awaitClosed();
            }
        }
    }

    /** Opens a polling session in the default namespace and returns its target. */
    private static String open(TestingRawClient client) {
        RawResponse opening = client.request("GET", POLLING, Map.of(), "");
        String sid = Json.parse(opening.body().substring(1)).path("sid").textValue();
        String target = POLLING + "&sid=" + sid;
        post(client, target, "40");
        return target;
    }

    private static RawResponse post(TestingRawClient client, String target, String body) {
        return client.request("POST", target, Map.of(), body);
    }
}
