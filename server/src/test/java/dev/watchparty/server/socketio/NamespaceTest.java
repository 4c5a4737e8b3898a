package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.SocketIOClient;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.server.engineio.DisconnectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The behaviour of Socket.IO for the application. */
final class NamespaceTest {
    private TestingServer server;

    @BeforeEach
    void start() {
        server = TestingServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsAnIdOtherThanTheSessionsSecret() throws Exception {
        List<String> ids = new CopyOnWriteArrayList<>();
        server.namespace()
                .addConnectListener(client -> ids.add(SocketHandle.of(client).publicId()));
        TestingPollingClient client = TestingPollingClient.open(server);
        client.post("40");

        String answer = client.poll().body();

        assertThat(ids).hasSize(1);
        assertThat(answer).startsWith("40{\"sid\":\"" + ids.get(0) + "\"}");
        assertThat(ids.get(0)).hasSize(20).isNotEqualTo(client.sid);
        assertThat(TestingPollingClient.get(server.uri("/socket.io/?EIO=4&transport=polling&sid=" + ids.get(0)))
                        .body())
                .isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            42["any"]                | -
            42["any",null]           | -
            42["any",{"a":1}]        | {"a":1}
            42["any",[1]]            | [1]
            42["any","text"]         | "text"
            42["any",5]              | 5
            42["any",true]           | true
            42["any",1,2,3]          | 1
            """)
    void givesAJsonListenerAnyPayload(String packet, String expected) throws Exception {
        List<Object> received = new CopyOnWriteArrayList<>();
        server.namespace()
                .addEventListener(
                        "any",
                        JsonNode.class,
                        (client, data, ack) -> received.add(data == null ? "nothing" : data.toString()));
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.send(packet);

        await().untilAsserted(() -> assertThat(received).containsExactly(expected == null ? "nothing" : expected));
    }

    @Test
    void ignoresEventsWithoutAListener() throws Exception {
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.send("42[\"unheard\",1]");
        client.send("42[\"echo\",1]");

        assertThat(client.next()).isEqualTo("42[\"echo\",1]");
    }

    @Test
    void survivesListenersThatFail() throws Exception {
        server.namespace().addEventListener("fail", JsonNode.class, (client, data, ack) -> {
            throw new IllegalStateException("failed on purpose\nforged line");
        });
        server.namespace().addEventListener("overflow", JsonNode.class, (client, data, ack) -> {
            throw new StackOverflowError("failed on purpose");
        });
        server.namespace().addDisconnectListener(client -> {
            throw new IllegalStateException("failed on purpose");
        });
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.send("42[\"fail\"]");
        client.send("42[\"overflow\"]");
        client.send("42[\"echo\",1]");

        assertThat(client.next()).isEqualTo("42[\"echo\",1]");
        client.close(1000);
        server.awaitNoSessions();
        TestingPollingClient polling = TestingPollingClient.connect(server);
        assertThat(polling.post("42[\"overflow\"]\u001e42[\"echo\",1]").body()).isEqualTo("ok");
        assertThat(polling.poll().body()).isEqualTo("42[\"echo\",1]");
    }

    @Test
    void connectsToSeveralNamespacesAndLeavesThemOneByOne() throws Exception {
        server.server
                .namespace("/other")
                .addEventListener("echo", String.class, (client, data, ack) -> client.sendEvent("echo", data));
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.send("40/other,");
        assertThat(client.next()).startsWith("40/other,{\"sid\":\"");
        client.send("41");
        client.send("42[\"echo\",\"on its way when the socket left\"]");
        client.send("42/other,[\"echo\",\"still here\"]");

        assertThat(client.next()).isEqualTo("42/other,[\"echo\",\"still here\"]");
        assertThat(server.disconnects).containsExactly(DisconnectReason.CLIENT_DISCONNECT);
        client.send("40");
        assertThat(client.next()).startsWith("40{\"sid\":\"");
    }

    @Test
    void refusesUnknownNamespacesAndTooMany() throws Exception {
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.send("40/random");
        assertThat(client.next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        for (int i = 1; i < 5; i++) {
            server.server.namespace("/" + i);
            client.send("40/%d,".formatted(i));
            assertThat(client.next()).startsWith("40/%d,".formatted(i));
        }
        server.server.namespace("/5");
        client.send("40/5,");
        assertThat(client.next()).isEqualTo("44/5,{\"message\":\"Too many namespaces\"}");
    }

    @Test
    void disconnectsASocketAndKeepsTheSession() throws Exception {
        server.namespace().addEventListener("out", JsonNode.class, (client, data, ack) -> {
            client.disconnect();
            client.sendEvent("too late");
        });
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.send("42[\"out\"]");
        assertThat(client.next()).isEqualTo("41");
        client.send("42[\"echo\",\"on its way when the socket was put out\"]");
        client.send("40");

        assertThat(client.next()).startsWith("40{\"sid\":\"");
        assertThat(server.disconnects).containsExactly(DisconnectReason.SERVER_DISCONNECT);
        assertThat(server.received).isEmpty();
    }

    @Test
    void dispatchesNothingMoreOfADisconnectedSocket() throws Exception {
        server.namespace().addEventListener("out", JsonNode.class, (client, data, ack) -> client.disconnect());
        TestingPollingClient client = TestingPollingClient.connect(server);

        assertThat(client.post("42[\"out\"]\u001e42[\"echo\",1]").body()).isEqualTo("ok");

        assertThat(client.poll().body()).isEqualTo("41");
        assertThat(server.received).isEmpty();
    }

    @Test
    void refusesAClientBeforeItBecomesAMember() throws Exception {
        List<Integer> members = new ArrayList<>();
        List<Object> tokens = new CopyOnWriteArrayList<>();
        server.namespace().addAuthTokenListener((auth, client) -> {
            tokens.add(auth);
            members.add(server.namespace().getAllClients().size());
            return ((Map<?, ?>) auth).containsKey("token")
                    ? AuthTokenResult.AuthTokenResultSuccess
                    : new AuthTokenResult(false, Map.of("message", "denied", "data", Map.of("code", 7)));
        });
        TestingWebSocket client = TestingWebSocket.open(server);

        client.send("40");
        assertThat(client.next()).isEqualTo("44{\"message\":\"denied\",\"data\":{\"code\":7}}");
        client.send("40{\"token\":1}");
        assertThat(client.next()).startsWith("40{");

        assertThat(tokens).containsExactly(Map.of(), Map.of("token", 1));
        assertThat(members).containsExactly(0, 0);
        assertThat(server.disconnects).isEmpty();
    }

    @Test
    void closesAClientThatSendsEventsAfterARefusal() throws Exception {
        server.namespace().addAuthTokenListener((auth, client) -> new AuthTokenResult(false, "no"));
        TestingWebSocket client = TestingWebSocket.open(server);

        client.send("40");
        assertThat(client.next()).isEqualTo("44{\"message\":\"no\"}");
        client.send("42[\"echo\",1]");

        assertThat(client.closeCode()).isEqualTo(1002);
        assertThat(server.received).isEmpty();
    }

    @Test
    void acknowledgesOnlyWhenAListenerDoes() throws Exception {
        server.namespace().addEventListener("ack", JsonNode.class, (client, data, ack) -> ack.sendAckData(data, 2));
        server.namespace().addEventListener("silent", JsonNode.class, (client, data, ack) -> {});
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.send("421[\"silent\"]");
        client.send("42123456789012[\"ack\",{\"a\":null}]");

        assertThat(client.next()).isEqualTo("43123456789012[{\"a\":null},2]");
    }

    @Test
    void callsBackOnceWithAnAnswerOrWithoutOne() throws Exception {
        List<String> outcomes = new CopyOnWriteArrayList<>();
        TestingWebSocket client = TestingWebSocket.connect(server);
        SocketIOClient socket = server.namespace().getAllClients().iterator().next();

        socket.sendEvent("ask", new RecordingCallback(outcomes, 30), "q");
        assertThat(client.next()).isEqualTo("420[\"ask\",\"q\"]");
        client.send("430[\"a\"]");
        client.send("430[\"again\"]");
        client.send("4377[\"never asked\"]");
        await().untilAsserted(() -> assertThat(outcomes).containsExactly("a"));

        socket.sendEvent("ask", new RecordingCallback(outcomes, 1), "q");
        await().untilAsserted(() -> assertThat(outcomes).containsExactly("a", "timeout"));

        socket.sendEvent("ask", new RecordingCallback(outcomes, -1), "q");
        client.close(1000);
        await().untilAsserted(() -> assertThat(outcomes).containsExactly("a", "timeout", "timeout"));
    }

    @Test
    void boundsTheAnswersThatAClientOwes() throws Exception {
        List<String> outcomes = new CopyOnWriteArrayList<>();
        TestingWebSocket.connect(server);
        SocketIOClient socket = server.namespace().getAllClients().iterator().next();

        for (int i = 0; i < 6; i++) {
            socket.sendEvent("ask", new RecordingCallback(outcomes, -1), "q");
        }

        await().untilAsserted(() -> assertThat(outcomes).containsExactly("timeout"));
    }

    private static final class RecordingCallback extends AckCallback<String> {
        private final List<String> outcomes;

        RecordingCallback(List<String> outcomes, int timeoutSeconds) {
            super(String.class, timeoutSeconds);
            this.outcomes = outcomes;
        }

        @Override
        public void onSuccess(String answer) {
            outcomes.add(answer);
        }

        @Override
        public void onTimeout() {
            outcomes.add("timeout");
        }
    }

    @Test
    void refusesNamesThatPacketsCannotCarry() {
        assertThatThrownBy(() -> server.server.namespace("chat")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.server.namespace("/a,b")).isInstanceOf(IllegalArgumentException.class);
    }
}
