package dev.watchparty.it.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingPollingSession;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.it.testing.TestingTransport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No client gets into the session of another: not with public knowledge, and not even twice with the secret. */
class TakeoverTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";

    @RegisterExtension
    static final TestingTransport TRANSPORT = TestingTransport.create();

    /**
     * A client's public id does not let anybody read, write, upgrade or end its session, in any way that the protocol
     * knows.
     */
    @EveryClientKind
    void publicIdIsNoKey(ClientKind kind) {
        TestingSocketClient victim = TRANSPORT.connect(kind);
        String polling = POLLING + "&sid=" + victim.id();

        for (RawResponse answer : List.of(
                TestingRawClient.get(TRANSPORT, polling),
                post(polling, "42[\"message\",1]"),
                post(polling, "41"),
                post(polling, "1"))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo(UNKNOWN);
        }
        try (TestingRawWebSocket thief =
                TestingRawWebSocket.open(TRANSPORT, WEBSOCKET + "&sid=" + victim.id(), Map.of())) {
            assertThat(thief.handshake().status()).isEqualTo(400);
            assertThat(thief.handshake().body()).isEqualTo(UNKNOWN);
        }
        victim.ask("message-with-ack", 1);
        assertThat(victim.unawaited("message-back")).isEmpty();
        assertThat(victim.unawaited(ReceivedEvent.DISCONNECTED)).isEmpty();
    }

    @EveryClientKind
    void clientOfOneNamespaceIsNotKnownByItsIdInAnother(ClientKind kind) {
        TestingSocketClient first = TRANSPORT.connect(kind);
        TestingSocketClient second = first.open("/custom", Map.of());
        second.await(ReceivedEvent.CONNECTED);

        assertThat(first.ask("whoami").path(0).textValue()).isEqualTo(first.id());
        assertThat(second.ask("whoami").path(0).textValue())
                .isEqualTo(second.id())
                .isNotEqualTo(first.id());
    }

    @Test
    void noAnswerSetsACookie() {
        TestingPollingSession session = open();

        for (RawResponse answer : List.of(session.opening(), session.post("42[\"message\",1]"), session.poll())) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).doesNotContainKeys("set-cookie", "set-cookie2", "io");
        }
        session.post("1");
    }

    @Test
    void cookieIsNotReadAsASession() {
        TestingPollingSession session = open();
        Map<String, String> cookie = Map.of("Cookie", "io=" + session.sid(), "io", session.sid());

        RawResponse answer = TestingRawClient.exchange(TRANSPORT, "GET", POLLING, cookie, "");

        String sid = Json.parse(answer.body().substring(1)).path("sid").textValue();
        assertThat(sid).isNotEqualTo(session.sid());
        post(POLLING + "&sid=" + sid, "1");
        session.post("1");
    }

    /** Two clients that read one session cannot both be its owner, and nothing shows which one is not. */
    @Test
    void secondPollAtATimeEndsTheSession() {
        TestingPollingSession session = open();
        try (TestingRawClient first = new TestingRawClient(TRANSPORT)) {
            first.sendRequest("GET", session.target(), Map.of(), "");
            RawResponse second = session.poll();
            if (second.status() == 200) {
                // It has overtaken the first poll, which is therefore refused.
                assertThat(first.readResponse().status()).isEqualTo(400);
                return;
            }
            assertThat(second.status()).isEqualTo(400);
            assertThat(first.readResponse().body()).isEqualTo("1");
        }
        session.awaitClosed();
    }

    @Test
    void secondWebSocketDoesNotTakeOver() {
        TestingPollingSession session = open();
        try (TestingRawWebSocket owner = upgrade(session);
                TestingRawWebSocket thief = TestingRawWebSocket.open(TRANSPORT, target(session), Map.of())) {
            thief.sendText("2probe");
            thief.awaitClosed();

            owner.sendText("42[\"message\",\"mine\"]");
            owner.awaitText(text -> text.equals("42[\"message-back\",\"mine\"]"));
        }
    }

    @Test
    void secondCandidateDoesNotTakeOver() {
        TestingPollingSession session = open();
        try (TestingRawWebSocket owner = TestingRawWebSocket.open(TRANSPORT, target(session), Map.of())) {
            owner.sendText("2probe");
            owner.awaitText(text -> text.equals("3probe"));
            try (TestingRawWebSocket thief = TestingRawWebSocket.open(TRANSPORT, target(session), Map.of())) {
                thief.sendText("5");
                thief.awaitClosed();
            }
            owner.sendText("5");
            owner.sendText("42[\"message\",\"mine\"]");
            owner.awaitText(text -> text.equals("42[\"message-back\",\"mine\"]"));
        }
    }

    @Test
    void pollAndPostAfterTheUpgradeAreRefusedAndChangeNothing() {
        TestingPollingSession session = open();
        try (TestingRawWebSocket owner = upgrade(session)) {
            for (RawResponse answer : List.of(session.poll(), session.post("42[\"message\",\"stolen\"]"))) {
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
            }

            owner.sendText("42[\"message\",\"mine\"]");
            assertThat(owner.awaitText(text -> text.startsWith("42[\"message-back\"")))
                    .isEqualTo("42[\"message-back\",\"mine\"]");
        }
    }

    @Test
    void webSocketSessionIsNotPolled() {
        try (TestingRawWebSocket owner = TestingRawWebSocket.open(TRANSPORT)) {
            String sid = Json.parse(owner.readFrame().text().substring(1))
                    .path("sid")
                    .textValue();
            owner.sendText("40");
            owner.awaitText(text -> text.startsWith("40"));

            assertThat(TestingRawClient.get(TRANSPORT, POLLING + "&sid=" + sid).status())
                    .isEqualTo(400);
            try (TestingRawWebSocket thief = TestingRawWebSocket.open(TRANSPORT, WEBSOCKET + "&sid=" + sid, Map.of())) {
                thief.sendText("2probe");
                thief.awaitClosed();
            }
            owner.sendText("42[\"message\",\"mine\"]");
            owner.awaitText(text -> text.equals("42[\"message-back\",\"mine\"]"));
        }
    }

    private static TestingPollingSession open() {
        TestingPollingSession session = TestingPollingSession.open(TRANSPORT);
        session.post("40");
        session.awaitPacket(packet -> packet.startsWith("42[\"auth\""));
        return session;
    }

    private static TestingRawWebSocket upgrade(TestingPollingSession session) {
        TestingRawWebSocket socket = TestingRawWebSocket.open(TRANSPORT, target(session), Map.of());
        socket.sendText("2probe");
        socket.awaitText(text -> text.equals("3probe"));
        socket.sendText("5");
        socket.sendText("42[\"message\",\"upgraded\"]");
        socket.awaitText(text -> text.equals("42[\"message-back\",\"upgraded\"]"));
        return socket;
    }

    private static String target(TestingPollingSession session) {
        return WEBSOCKET + "&sid=" + session.sid();
    }

    private static RawResponse post(String target, String body) {
        return TestingRawClient.exchange(TRANSPORT, "POST", target, Map.of(), body);
    }
}
