package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.TransportConfig.Io;
import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.TestingPollingClient;
import dev.watchparty.server.socketio.TestingServer;
import dev.watchparty.server.socketio.TestingWebSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.watchparty.server.socketio.TestingTransportConfig#everyIo")
final class UpgradeTest {
    @Parameter
    private Io io;

    private TestingServer server;

    @BeforeEach
    void start() {
        server = TestingServer.start(config -> {
            config.io = io;
            config.maxQueuedBytes = 64 << 20; // a client that falls behind a stream is not tested here
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void endsTheWaitingPollAndContinuesOnTheWebSocket() throws Exception {
        TestingPollingClient polling = TestingPollingClient.connect(server);
        CompletableFuture<HttpResponse<String>> poll = polling.pollLater();
        TestingWebSocket webSocket = TestingWebSocket.probe(server, polling.sid);

        webSocket.send("2probe");

        assertThat(webSocket.next()).isEqualTo("3probe");
        assertThat(poll.get().body()).isEqualTo("6");
        webSocket.send("5");
        webSocket.send("42[\"echo\",1]");
        assertThat(webSocket.next()).isEqualTo("42[\"echo\",1]");
        assertThat(polling.poll().body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(polling.post("42[\"echo\",2]").statusCode()).isEqualTo(400);
        assertThat(server.disconnects).isEmpty();
    }

    /**
     * Upgrades as a client does: polls until it may probe, pauses, and then upgrades. Meanwhile a stream runs in both
     * directions, of broadcasts and of messages to this client alone.
     */
    @RepeatedTest(20)
    void losesAndReordersNothing() throws Exception {
        TestingPollingClient polling = TestingPollingClient.connect(server);
        SocketIOClient client = server.namespace().getAllClients().iterator().next();
        Broadcasts broadcasts = server.server.broadcasts("/");
        Audience audience = Audience.of(List.of(client));
        AtomicBoolean streaming = new AtomicBoolean(true);
        ExecutorService streamer = Executors.newSingleThreadExecutor();
        Future<Integer> sent = streamer.submit(() -> {
            int number = 0;
            while (streaming.get()) {
                if (number % 3 == 0) {
                    client.sendEvent("n", number++);
                } else {
                    broadcasts.send(broadcasts.encode("n", number++), audience, Set.of());
                }
                Thread.onSpinWait();
                if (number % 50 == 0) {
                    Thread.sleep(1);
                }
            }
            return number;
        });
        List<String> received = new ArrayList<>();
        int asked = 0;
        for (int i = 0; i < 5; i++) {
            polling.post("42[\"echo\",%d]".formatted(asked++));
            received.addAll(packets(polling.poll()));
        }
        TestingWebSocket webSocket = TestingWebSocket.probe(server, polling.sid);
        webSocket.send("2probe");
        while (webSocket.messages.isEmpty()) {
            polling.post("42[\"echo\",%d]".formatted(asked++));
            received.addAll(packets(polling.poll()));
        }
        assertThat(webSocket.next()).isEqualTo("3probe");
        webSocket.send("5");
        for (int i = 0; i < 20; i++) {
            webSocket.send("42[\"echo\",%d]".formatted(asked++));
        }
        streaming.set(false);
        int last = sent.get() - 1;
        streamer.shutdown();
        webSocket.send("42[\"echo\",\"end\"]");
        String packet = "";
        while (!packet.equals("42[\"echo\",\"end\"]")) {
            packet = webSocket.next();
            received.add(packet);
        }

        List<String> numbers =
                received.stream().filter(p -> p.startsWith("42[\"n\"")).toList();
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo("42[\"n\",%d]".formatted(i));
        }
        assertThat(numbers).hasSize(last + 1);
        for (int i = 0; i < asked; i++) {
            assertThat(server.received.get(i).asInt()).isEqualTo(i);
        }
    }

    private static List<String> packets(HttpResponse<String> poll) {
        assertThat(poll.statusCode()).isEqualTo(200);
        return List.of(poll.body().split("\u001e"));
    }

    @Test
    void refusesASecondWebSocketAndKeepsTheFirst() throws Exception {
        TestingPollingClient polling = TestingPollingClient.connect(server);
        TestingWebSocket first = TestingWebSocket.probe(server, polling.sid);
        first.send("2probe");
        assertThat(first.next()).isEqualTo("3probe");

        TestingWebSocket second = TestingWebSocket.probe(server, polling.sid);
        assertThat(second.closeCode()).isEqualTo(1000);

        first.send("5");
        first.send("42[\"echo\",1]");
        assertThat(first.next()).isEqualTo("42[\"echo\",1]");
        TestingWebSocket third = TestingWebSocket.probe(server, polling.sid);
        assertThat(third.closeCode()).isEqualTo(1000);
        first.send("42[\"echo\",2]");
        assertThat(first.next()).isEqualTo("42[\"echo\",2]");
    }

    @Test
    void keepsPollingWhenTheProbeFails() throws Exception {
        TestingPollingClient polling = TestingPollingClient.connect(server);
        TestingWebSocket first = TestingWebSocket.probe(server, polling.sid);
        first.send("2probe");
        assertThat(first.next()).isEqualTo("3probe");

        first.send("42[\"echo\",\"too early\"]");

        assertThat(first.closeCode()).isEqualTo(1002);
        TestingWebSocket second = TestingWebSocket.probe(server, polling.sid);
        second.send("2probe");
        assertThat(second.next()).isEqualTo("3probe");
        second.abort();
        polling.post("42[\"echo\",1]");
        assertThat(polling.poll().body()).isEqualTo("42[\"echo\",1]");
        assertThat(server.received).hasSize(1);
    }

    @Test
    void givesUpOnAProbeThatTakesTooLong() throws Exception {
        try (TestingServer impatient = TestingServer.start(config -> {
            config.io = io;
            config.upgrade = Duration.ofMillis(100);
        })) {
            TestingPollingClient polling = TestingPollingClient.connect(impatient);
            TestingWebSocket webSocket = TestingWebSocket.probe(impatient, polling.sid);

            assertThat(webSocket.closeCode()).isEqualTo(1002);
            polling.post("42[\"echo\",1]");
            assertThat(polling.poll().body()).isEqualTo("42[\"echo\",1]");
        }
    }
}
