package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingRawWebSocket.CLOSE;
import static dev.watchparty.it.testing.TestingRawWebSocket.PING;
import static dev.watchparty.it.testing.TestingRawWebSocket.PONG;
import static dev.watchparty.it.testing.TestingRawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingPollingSession;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a session opens, upgrades, continues and ends: Engine.IO 4 and Socket.IO 5 as the original speaks them. */
class ConnectionContractTest {
    private static final String SEPARATOR = "\u001e";
    private static final String OPEN_PACKET = "0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[%s],"
            + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void pollingHandshakeIsExactlyTheOriginals() {
        RawResponse opening = TestingPollingSession.open(party.server()).opening();

        assertThat(opening.status()).isEqualTo(200);
        assertThat(opening.body()).matches(OPEN_PACKET.formatted("\"websocket\""));
        assertThat(opening.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(opening.header("cache-control")).isEqualTo("no-store");
        assertThat(opening.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void webSocketOnlyHandshakeOffersNoUpgrade() {
        try (TestingRawWebSocket socket = TestingRawWebSocket.open(party.server())) {
            assertThat(socket.readFrame().text()).matches(OPEN_PACKET.formatted(""));
        }
    }

    @Test
    void postIsAnsweredOkAsHtml() {
        RawResponse answer = TestingPollingSession.open(party.server()).post("40");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.header("content-type")).isEqualTo("text/html");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void oneBodyHoldsTheConnectPacketAndTheSnapshot() {
        TestingPollingSession session = TestingPollingSession.open(party.server());
        session.post("40");

        String[] packets = session.poll().body().split(SEPARATOR, -1);

        assertThat(packets).hasSize(2);
        assertThat(packets[0]).startsWith("40{\"sid\":\"");
        assertThat(packets[1]).startsWith("42[\"session:init\",{\"videoId\":\"\",\"playbackTime\":0,");
    }

    @Test
    void publicIdHasTwentyCharactersAndIsNotTheSecretOne() {
        TestingPollingSession session = TestingPollingSession.open(party.server());
        session.post("40");

        String connect = session.awaitPacket(packet -> packet.startsWith("40"));

        assertThat(Json.parse(connect.substring(2)).path("sid").textValue())
                .matches("[A-Za-z0-9_-]{20}")
                .isNotEqualTo(session.sid());
    }

    @Test
    void everyPacketOfOnePostIsProcessed() {
        TestingPollingSession session = TestingPollingSession.connect(party.server());

        session.post("42[\"session:join\",{\"username\":\"Ann\"}]" + SEPARATOR + "42[\"ping\"]");

        assertThat(session.awaitPacket(packet -> packet.contains("session:init")))
                .contains("\"username\":\"Ann\"");
        session.awaitPacket(packet -> packet.equals("42[\"pong\"]"));
    }

    @Test
    void upgradeEndsThePollAndContinuesOnTheWebSocket() {
        TestingPollingSession session = TestingPollingSession.connect(party.server());
        try (TestingRawClient poll = new TestingRawClient(party.server());
                TestingRawWebSocket socket = upgrade(session)) {
            poll.sendRequest("GET", session.target(), Map.of(), "");
            socket.sendText("2probe");
            assertThat(socket.readFrame().text()).isEqualTo("3probe");
            assertThat(poll.readResponse().body()).isEqualTo("6");
            socket.sendText("5");
            socket.sendText("42[\"ping\"]");
            assertThat(socket.readFrame().text()).isEqualTo("42[\"pong\"]");
        }
    }

    @Test
    void eventsSentDuringTheUpgradeArriveOnce() {
        TestingPollingSession session = TestingPollingSession.connect(party.server());
        try (TestingRawWebSocket socket = upgrade(session)) {
            socket.sendText("2probe");
            assertThat(socket.readFrame().text()).isEqualTo("3probe");
            session.post("42[\"ping\"]");
            socket.sendText("5");
            socket.awaitText(text -> text.equals("42[\"pong\"]"));
            socket.sendText("42[\"session:join\",{\"username\":\"Ann\"}]");
            assertThat(socket.readFrame().text()).startsWith("42[\"session:init\"");
        }
    }

    private TestingRawWebSocket upgrade(TestingPollingSession session) {
        return TestingRawWebSocket.open(
                party.server(),
                "/socket.io/?EIO=4&transport=websocket&sid=" + session.sid(),
                Map.of("Origin", "http://elsewhere.example"));
    }

    @Test
    void webSocketIsNotCompressed() {
        Map<String, String> offer = Map.of(
                "Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits",
                "Origin", "http://elsewhere.example");
        try (TestingRawWebSocket socket =
                TestingRawWebSocket.open(party.server(), "/socket.io/?EIO=4&transport=websocket", offer)) {
            assertThat(socket.handshake().status()).isEqualTo(101);
            assertThat(socket.handshake().header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(socket.handshake().headers()).doesNotContainKey("sec-websocket-extensions");
        }
    }

    @Test
    void webSocketPingIsAnsweredWithItsPayload() {
        try (TestingRawWebSocket socket = TestingRawWebSocket.connect(party.server())) {
            socket.sendFrame(PING, "echo".getBytes(UTF_8));
            TestingRawWebSocket.Frame pong = socket.readFrame();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.text()).isEqualTo("echo");
        }
    }

    @Test
    void serverPingsAndKeepsAClientThatAnswers() {
        party.start(Map.of(ServerKeys.PING_INTERVAL, "200 ms", ServerKeys.PING_TIMEOUT, "5 s"));
        try (TestingRawWebSocket socket = TestingRawWebSocket.connect(party.server())) {
            for (int round = 0; round < 3; round++) {
                assertThat(socket.readFrame().text()).isEqualTo("2");
                socket.sendText("3");
            }
        }
    }

    @Test
    void sessionThatAnswersNoPingIsClosedAndLeavesTheRoom() {
        party.start(Map.of(
                ServerKeys.PING_INTERVAL, "300 ms", ServerKeys.PING_TIMEOUT, "4 s", ServerKeys.RECOVERY_GRACE, "0 s"));
        TestingSocketClient witness = party.connect(ClientKind.JAVA_WEBSOCKET, "witness");
        try (TestingRawWebSocket silent = TestingRawWebSocket.connect(party.server())) {
            silent.sendText("42[\"session:join\",{\"username\":\"Silent\"}]");
            silent.awaitClosed();
        }
        witness.await("session:userLeft", left -> left.path("username").asText().equals("Silent"));
        assertThat(party.snapshot().path("users")).isEmpty();
    }

    @Test
    void pollingSessionThatStopsPollingLeavesTheRoom() {
        party.start(Map.of(
                ServerKeys.PING_INTERVAL, "300 ms", ServerKeys.PING_TIMEOUT, "4 s", ServerKeys.RECOVERY_GRACE, "0 s"));
        TestingSocketClient witness = party.connect(ClientKind.JAVA_WEBSOCKET, "witness");
        TestingPollingSession silent = TestingPollingSession.connect(party.server());

        silent.post("42[\"session:join\",{\"username\":\"Silent\"}]");

        witness.await("session:userLeft", left -> left.path("username").asText().equals("Silent"));
        assertThat(silent.poll().status()).isEqualTo(400);
    }

    @Test
    void unknownNamespaceIsRefusedAndTheSessionGoesOn() {
        TestingPollingSession session = TestingPollingSession.connect(party.server());

        session.post("40/admin,");

        session.awaitPacket(packet -> packet.equals("44/admin,{\"message\":\"Invalid namespace\"}"));
        session.post("42[\"ping\"]");
        session.awaitPacket(packet -> packet.equals("42[\"pong\"]"));
    }

    @Test
    void disconnectPacketEndsTheNamespaceForAll() {
        TestingSocketClient witness = party.join(ClientKind.JAVA_WEBSOCKET, "Witness");
        try (TestingRawWebSocket socket = TestingRawWebSocket.connect(party.server())) {
            socket.sendText("42[\"session:join\",{\"username\":\"Ann\"}]");
            witness.await("session:userJoined");
            socket.sendText("41");
            witness.await("session:userLeft");
        }
    }

    @Test
    void pageThatIsClosedLeavesAtOnce() {
        TestingSocketClient witness = party.join(ClientKind.JAVA_WEBSOCKET, "Witness");
        try (TestingRawWebSocket socket = TestingRawWebSocket.connect(party.server())) {
            socket.sendText("42[\"session:join\",{\"username\":\"Ann\"}]");
            assertThat(socket.readFrame().opcode()).isEqualTo(TEXT);
            socket.sendFrame(CLOSE, new byte[] {0x03, (byte) 0xE9}); // 1001, as browsers send.
            socket.awaitClosed();
        }
        witness.await("session:userLeft");
    }

    @EveryClientKind
    void clientKnowsItselfByTheIdThatOthersSee(ClientKind kind) {
        TestingSocketClient ann = party.join(kind, "Ann");

        JsonNode user = party.snapshot().path("users").path(ann.id());

        assertThat(user.path("socketId").textValue()).isEqualTo(ann.id());
        assertThat(user.path("username").textValue()).isEqualTo("Ann");
    }

    @EveryClientKind
    void pingIsAnsweredToItsSenderAlone(ClientKind kind) {
        TestingSocketClient ann = party.connect(kind, "Ann");
        TestingSocketClient bob = party.connect(kind, "Bob");

        ann.settle();
        bob.settle();

        assertThat(ann.unawaited("pong")).isEmpty();
        assertThat(bob.unawaited("pong")).isEmpty();
    }

    @EveryClientKind
    void clientComesBackByItselfAfterALostConnection(ClientKind kind) {
        TestingSocketClient ann = party.connect(kind, "Ann");
        ann.await("session:init");

        ann.dropConnection();

        ann.await(ReceivedEvent.DISCONNECTED);
        ann.await(ReceivedEvent.CONNECTED);
        ann.await("session:init");
        ann.settle();
    }

    @EveryClientKind
    void clientThatLeftCanComeAgain(ClientKind kind) {
        TestingSocketClient ann = party.connect(kind, "Ann");
        ann.disconnect();
        ann.await(ReceivedEvent.DISCONNECTED);

        ann.connect();

        ann.await(ReceivedEvent.CONNECTED);
        ann.settle();
    }

    @Test
    void originalsClientEndsOnWebSocket() {
        TestingSocketClient ann = party.connect(ClientKind.JS_UPGRADE, "Ann");

        assertThat(ann.await(ReceivedEvent.UPGRADED).textValue()).isEqualTo("websocket");
        ann.settle();
    }
}
