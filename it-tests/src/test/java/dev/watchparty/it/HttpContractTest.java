package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingPollingSession;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP answers of the Engine.IO endpoint, including refusals. */
class HttpContractTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final Map<String, String> ORIGIN = Map.of("Origin", "http://page.example:5200");

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void pageOfAnyOriginMayReadTheAnswer() {
        RawResponse answer = TestingRawClient.exchange(party.server(), "GET", POLLING, ORIGIN, "");

        assertThat(answer.header("access-control-allow-origin")).isEqualTo("http://page.example:5200");
        assertThat(answer.header("vary")).containsIgnoringCase("Origin");
    }

    @Test
    void refusalsCanBeReadByPagesOfAnyOriginToo() {
        RawResponse answer = TestingRawClient.exchange(party.server(), "GET", POLLING + "&sid=nobody", ORIGIN, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("http://page.example:5200");
        assertThat(answer.header("vary")).containsIgnoringCase("Origin");
    }

    @Test
    void webSocketHandshakeNamesTheOriginToo() {
        try (TestingRawWebSocket socket =
                TestingRawWebSocket.open(party.server(), "/socket.io/?EIO=4&transport=websocket", ORIGIN)) {
            assertThat(socket.handshake().status()).isEqualTo(101);
            assertThat(socket.handshake().header("access-control-allow-origin")).isEqualTo("http://page.example:5200");
            assertThat(socket.handshake().header("vary")).containsIgnoringCase("Origin");
        }
    }

    @Test
    void preflightAllowsTheHeadersThatTheBrowserAsksFor() {
        RawResponse answer = TestingRawClient.exchange(
                party.server(),
                "OPTIONS",
                POLLING,
                Map.of(
                        "Origin", "http://page.example:5200",
                        "Access-Control-Request-Method", "POST",
                        "Access-Control-Request-Headers", "content-type,x-own"),
                "");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("http://page.example:5200");
        assertThat(answer.header("access-control-allow-methods")).contains("GET", "POST");
        assertThat(answer.header("access-control-allow-headers").toLowerCase(Locale.ROOT))
                .contains("content-type", "x-own");
    }

    @ParameterizedTest(name = "{0} {1} -> {2} {3} {4}")
    @CsvSource({
        "GET,    ?EIO=3&transport=polling,             400, 5, Unsupported protocol version",
        "GET,    ?EIO=5&transport=polling,             400, 5, Unsupported protocol version",
        "GET,    ?transport=polling,                   400, 0, Transport unknown",
        "GET,    '',                                   400, 0, Transport unknown",
        "GET,    ?EIO=4,                               400, 0, Transport unknown",
        "GET,    ?EIO=4&transport=carrier-pigeon,      400, 0, Transport unknown",
        "GET,    ?EIO=4&transport=polling&sid=abc,     400, 1, Session ID unknown",
        "GET,    ?EIO=4&transport=polling&sid=AAAAAAAAAAAAAAAAAAAA, 400, 1, Session ID unknown",
        "POST,   ?EIO=4&transport=polling&sid=abc,     400, 1, Session ID unknown",
        "PUT,    ?EIO=4&transport=polling,             400, 2, Bad handshake method",
        "DELETE, ?EIO=4&transport=polling,             400, 2, Bad handshake method",
        "POST,   ?EIO=4&transport=polling,             400, 2, Bad handshake method",
    })
    void refusalIsTheOriginals(String method, String query, int status, int code, String message) {
        RawResponse answer = TestingRawClient.exchange(party.server(), method, "/socket.io/" + query, Map.of(), "");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"code\":%d,\"message\":\"%s\"}".formatted(code, message));
        assertThat(answer.header("content-type")).startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?EIO=4&transport=polling&sid=%zz", "?EIO=4&transport=polling&sid=%00", "?%&=&&EIO", "?"})
    void nonsenseInTheQueryIsAnsweredToo(String query) {
        RawResponse answer = TestingRawClient.get(party.server(), "/socket.io/" + query);

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void bodyOverTheMaximumIsRefusedAndOthersGoOn() {
        TestingSocketClient witness = party.connect(ClientKind.JAVA_WEBSOCKET, "witness");
        TestingPollingSession session = TestingPollingSession.connect(party.server());

        RawResponse answer = session.post("4" + "2".repeat(1_000_000));

        assertThat(answer.status()).isEqualTo(413);
        witness.settle();
    }

    @Test
    void bodyOfTheMaximumIsAccepted() {
        TestingPollingSession session = TestingPollingSession.connect(party.server());
        String head = "42[\"session:join\",{\"username\":\"Ann\",\"padding\":\"";
        String tail = "\"}]";

        RawResponse answer = session.post(head + "x".repeat(1_000_000 - head.length() - tail.length()) + tail);

        assertThat(answer.body()).isEqualTo("ok");
        session.awaitPacket(packet -> packet.contains("\"username\":\"Ann\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "42{", "4\u001e", "\u001e\u001e", "42[\"a\"", "4x", "42[]", "b!!!"})
    void malformedPollingBodyClosesThatSession(String body) {
        TestingSocketClient witness = party.connect(ClientKind.JAVA_WEBSOCKET, "witness");
        TestingPollingSession session = TestingPollingSession.connect(party.server());

        session.post(body);

        session.awaitClosed();
        witness.settle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "42{", "42[\"a\"", "4x", "42[]", "hello"})
    void malformedWebSocketPacketClosesThatSession(String packet) {
        TestingSocketClient witness = party.connect(ClientKind.JAVA_WEBSOCKET, "witness");
        try (TestingRawWebSocket socket = TestingRawWebSocket.connect(party.server())) {
            socket.sendText(packet);
            socket.awaitClosed();
        }
        witness.settle();
    }

    @Test
    void twoPollsAtOnceCloseTheSession() {
        TestingPollingSession session = TestingPollingSession.connect(party.server());
        try (TestingRawClient first = new TestingRawClient(party.server())) {
            first.sendRequest("GET", session.target(), Map.of(), "");
            session.post("42[\"ping\"]");
            assertThat(first.readResponse().body()).isEqualTo("42[\"pong\"]");

            first.sendRequest("GET", session.target(), Map.of(), "");
            try (TestingRawClient second = new TestingRawClient(party.server())) {
                second.sendRequest("GET", session.target(), Map.of(), "");
                assertThat(second.readResponse().status()).isIn(200, 400);
            }
        }
        session.awaitClosed();
    }

    @Test
    void requestsOnOneConnectionAreAnsweredInTurn() {
        try (TestingRawClient client = new TestingRawClient(party.server())) {
            RawResponse first = client.request("GET", POLLING, Map.of(), "");
            RawResponse second = client.request("GET", POLLING, Map.of(), "");

            assertThat(first.body()).startsWith("0{");
            assertThat(second.body()).startsWith("0{").isNotEqualTo(first.body());
        }
    }
}
