package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.TransportConfig.Io;
import dev.watchparty.server.socketio.TestingPollingClient;
import dev.watchparty.server.socketio.TestingRawConnection;
import dev.watchparty.server.socketio.TestingServer;
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("dev.watchparty.server.socketio.TestingTransportConfig#everyIo")
final class PollingTest {
    @Parameter
    private Io io;

    private TestingServer server;

    @BeforeEach
    void start() {
        server = TestingServer.start(config -> config.io = io);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersConnectAndFirstEventInOneBody() throws Exception {
        TestingPollingClient client = TestingPollingClient.open(server);

        HttpResponse<String> post = client.post("40");

        assertThat(post.body()).isEqualTo("ok");
        assertThat(post.headers().firstValue("content-type")).hasValue("text/html");
        assertThat(client.poll().body()).matches("40\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}\u001e42\\[\"hello\"]");
    }

    @Test
    void takesSeveralPacketsInOneBody() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);

        client.post("42[\"echo\",1]\u001e42[\"echo\",2]\u001e42[\"echo\",3]");

        assertThat(client.poll().body()).isEqualTo("42[\"echo\",1]\u001e42[\"echo\",2]\u001e42[\"echo\",3]");
    }

    @Test
    void carriesBinaryInBase64AlsoWrappedIntoLines() throws Exception {
        server.namespace()
                .addEventListener(
                        "bytes", byte[].class, (client, bytes, ack) -> client.sendEvent("bytes", (Object) bytes));
        TestingPollingClient client = TestingPollingClient.connect(server);

        client.post("451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]\u001ebAQ\r\nID");

        assertThat(client.poll().body()).isEqualTo("451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID");
    }

    @Test
    void answersAWaitingPollAsSoonAsThereIsAMessage() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);
        CompletableFuture<HttpResponse<String>> poll = client.pollLater();

        client.post("42[\"echo\",true]");

        assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("42[\"echo\",true]");
    }

    @Test
    void closesASessionThatPollsTwiceAtOnce() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);
        CompletableFuture<HttpResponse<String>> first = client.pollLater();
        CompletableFuture<HttpResponse<String>> second = client.pollLater();

        String bodies = first.get(10, TimeUnit.SECONDS).body()
                + second.get(10, TimeUnit.SECONDS).body();

        assertThat(bodies).contains("{\"code\":3,\"message\":\"Bad request\"}").hasSize(35);
        assertThat(client.poll().statusCode()).isEqualTo(400);
        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.PROTOCOL_ERROR));
    }

    @Test
    void closesASessionWhosePollIsCancelled() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);
        TestingRawConnection raw = TestingRawConnection.open(server);
        raw.request("GET /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1".formatted(client.sid));
        server.namespace().getAllClients().iterator().next().sendEvent("seen");
        raw.readUntil("42[\"seen\"]");
        raw.request("GET /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1".formatted(client.sid));
        raw.close();

        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.TRANSPORT_CLOSE));
    }

    @Test
    void endsTheWaitingPollOfAClientThatCloses() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);
        CompletableFuture<HttpResponse<String>> poll = client.pollLater();
        await().until(() -> server.namespace().getAllClients().stream().allMatch(SocketIOClient::isWritable));

        assertThat(client.post("1").body()).isEqualTo("ok");

        assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("6");
        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.CLIENT_CLOSE));
        assertThat(client.poll().body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "9", "2", "4", "42{}", "b!", "4abc", "42[\"echo\"]\u001e", "bAQID"})
    void closesOnlyTheSessionThatSendsMalformedInput(String body) throws Exception {
        TestingPollingClient bystander = TestingPollingClient.connect(server);
        TestingPollingClient client = TestingPollingClient.connect(server);

        assertThat(client.post(body).statusCode()).isEqualTo(400);

        assertThat(client.poll().body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
        bystander.post("42[\"echo\",1]");
        assertThat(bystander.poll().body()).isEqualTo("42[\"echo\",1]");
    }

    @Test
    void sendsEveryPacketOfALongQueue() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);
        StringBuilder packets = new StringBuilder("42[\"echo\",0]");
        for (int i = 1; i < 1000; i++) {
            packets.append("\u001e42[\"echo\",").append(i).append(']');
        }

        client.post(packets.toString());

        assertThat(client.poll().body()).isEqualTo(packets.toString());
    }

    @Test
    void pingsAndClosesAClientThatDoesNotAnswer() throws Exception {
        try (TestingServer impatient = TestingServer.start(config -> {
            config.io = io;
            config.pingInterval = Duration.ofMillis(500);
            config.pingTimeout = Duration.ofSeconds(4);
        })) {
            TestingPollingClient client = TestingPollingClient.open(impatient);
            client.post("40");
            client.pollUntil("2");
            assertThat(client.post("3").body()).isEqualTo("ok");
            client.pollUntil("2");

            await().untilAsserted(
                            () -> assertThat(impatient.disconnects).containsExactly(DisconnectReason.PING_TIMEOUT));
            assertThat(client.poll().statusCode()).isEqualTo(400);
        }
    }

    @Test
    void acceptsThePostThatFollowsAnAnswerOnAnotherConnection() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);
        String post = "POST /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1".formatted(client.sid);
        try (TestingRawConnection even = TestingRawConnection.open(server);
                TestingRawConnection odd = TestingRawConnection.open(server)) {
            for (int i = 0; i < 2000; i++) {
                TestingRawConnection connection = i % 2 == 0 ? even : odd;
                connection.request(post, "Content-Length: 1");
                connection.write("6");
                assertThat(connection.takeUntil("\r\n\r\nok")).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void anEndedSessionIsForgottenThoughItsConnectionStays() throws Exception {
        TestingPollingClient client = TestingPollingClient.connect(server);
        WeakReference<EngineSession> session = new WeakReference<>(onlySession());
        try (TestingRawConnection connection = TestingRawConnection.open(server)) {
            client.post("42[\"echo\",1]");
            connection.request("GET /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1".formatted(client.sid));
            connection.readUntil("42[\"echo\",1]");

            client.post("41\u001e1");

            await().untilAsserted(() -> {
                System.gc();
                assertThat(session.get()).isNull();
            });
        }
    }

    private EngineSession onlySession() {
        return TestingServer.sessionOf(
                server.namespace().getAllClients().iterator().next());
    }
}
