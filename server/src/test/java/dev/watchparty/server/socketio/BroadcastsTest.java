package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.engineio.TransportConfig.Io;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.watchparty.server.socketio.TestingTransportConfig#everyIo")
final class BroadcastsTest {
    @Parameter
    private Io io;

    private TestingServer server;
    private Broadcasts broadcasts;

    @BeforeEach
    void start() {
        server = TestingServer.start(config -> {
            config.io = io;
            config.maxQueuedBytes = 100_000;
        });
        broadcasts = server.server.broadcasts("/");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Audience everybody() {
        return Audience.of(server.namespace().getAllClients());
    }

    private void send(String event, Object payload) {
        broadcasts.send(broadcasts.encode(event, payload), everybody(), Set.of());
    }

    @Test
    void encodesLikeASingleSend() throws Exception {
        TestingWebSocket client = TestingWebSocket.connect(server);

        send("event", Map.of("time", 10.0));
        send("bare", null);

        assertThat(client.next()).isEqualTo("42[\"event\",{\"time\":10}]");
        assertThat(client.next()).isEqualTo("42[\"bare\"]");
    }

    @Test
    void namesItsNamespace() throws Exception {
        server.server.namespace("/other");
        TestingWebSocket client = TestingWebSocket.connect(server);
        client.send("40/other,");
        assertThat(client.next()).startsWith("40/other,");
        Broadcasts others = server.server.broadcasts("/other");

        others.send(
                others.encode("event", 1),
                Audience.of(server.server.namespace("/other").getAllClients()),
                Set.of());

        assertThat(client.next()).isEqualTo("42/other,[\"event\",1]");
    }

    @Test
    void reachesClientsThatReadMessagePackInTheSameRoom() throws Exception {
        TestingWebSocket json = TestingWebSocket.connect(server);
        TestingWebSocket msgpack = TestingWebSocket.open(server);
        msgpack.send(HexFormat.of().parseHex("82a47479706500a36e7370a12f")); // {type: 0, nsp: "/"}
        assertThat(msgpack.nextBytes()).startsWith(0x83, 0xa4, 't', 'y', 'p', 'e', 0); // {type: 0, nsp, data: {sid}}
        assertThat(msgpack.nextBytes()).contains('h', 'e', 'l', 'l', 'o');

        send("event", Map.of("time", 10.0));

        assertThat(json.next()).isEqualTo("42[\"event\",{\"time\":10}]");
        // {type: 2, nsp: "/", data: ["event", {time: 10}]}
        assertThat(HexFormat.of().formatHex(msgpack.nextBytes()))
                .isEqualTo("83a47479706502a36e7370a12fa46461746192a56576656e7481a474696d650a");
    }

    @Test
    void writesAnEventOnceForEachDialectOfItsReceivers() throws Exception {
        Dialect brief = new Dialect() {};
        server.server.admission(
                "/",
                (client, pid) -> CompletableFuture.completedStage(Admission.Decision.admit(
                        Admission.Identity.unknown(),
                        client.getHandshakeData().getAuthToken().toString().contains("brief") ? brief : Dialect.DEFAULT,
                        null)));
        TestingWebSocket first = TestingWebSocket.connect(server);
        TestingWebSocket second = TestingWebSocket.connect(server);
        TestingWebSocket third = TestingWebSocket.open(server);
        third.send("40{\"form\":\"brief\"}");
        assertThat(third.next()).startsWith("40{");
        assertThat(third.next()).isEqualTo("42[\"hello\"]");
        List<Dialect> spoken = new CopyOnWriteArrayList<>();
        EncodedEvent event = broadcasts.encode(dialect -> {
            spoken.add(dialect);
            return dialect == brief ? new Message("e", 10) : new Message("event", Map.of("time", 10));
        });

        broadcasts.send(broadcasts.inOnePiece(List.of(event, broadcasts.encode("all", 1))), everybody(), Set.of());
        broadcasts.send(event, everybody(), Set.of());

        for (TestingWebSocket client : List.of(first, second)) {
            assertThat(client.next()).isEqualTo("42[\"event\",{\"time\":10}]");
            assertThat(client.next()).isEqualTo("42[\"all\",1]");
            assertThat(client.next()).isEqualTo("42[\"event\",{\"time\":10}]");
        }
        assertThat(third.next()).isEqualTo("42[\"e\",10]");
        assertThat(third.next()).isEqualTo("42[\"all\",1]");
        assertThat(third.next()).isEqualTo("42[\"e\",10]");
        assertThat(spoken).containsExactlyInAnyOrder(brief, Dialect.DEFAULT);
    }

    /** Many threads send under one lock, as rooms do, and also send to single sockets. */
    @RepeatedTest(5)
    void keepsTheOrderOfCallersWithACommonLock() throws Exception {
        List<TestingWebSocket> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            clients.add(TestingWebSocket.connect(server));
        }
        TestingPollingClient polling = TestingPollingClient.connect(server);
        Audience receivers = everybody();
        int calls = 400;
        int[] next = {0};
        Object lock = new Object();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            done.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < calls / 4; i++) {
                            synchronized (lock) {
                                int number = next[0]++;
                                if (number % 7 == 0) {
                                    receivers.sockets().forEach(receiver -> receiver.sendEvent("n", number));
                                } else {
                                    broadcasts.send(broadcasts.encode("n", number), receivers, Set.of());
                                }
                            }
                        }
                    },
                    callers));
        }
        CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        callers.shutdown();

        for (TestingWebSocket client : clients) {
            for (int i = 0; i < calls; i++) {
                assertThat(client.next()).isEqualTo("42[\"n\",%d]".formatted(i));
            }
        }
        List<String> polled = new ArrayList<>();
        while (polled.size() < calls) {
            polled.addAll(List.of(polling.poll().body().split("\u001e")));
        }
        for (int i = 0; i < calls; i++) {
            assertThat(polled.get(i)).isEqualTo("42[\"n\",%d]".formatted(i));
        }
    }

    @Test
    void mayBeCalledByListenersOnAnyLoop() throws Exception {
        server.namespace().addEventListener("all", String.class, (client, data, ack) -> send("all", data));
        TestingWebSocket first = TestingWebSocket.connect(server);
        TestingWebSocket second = TestingWebSocket.connect(server);

        first.send("42[\"all\",\"a\"]");

        assertThat(first.next()).isEqualTo("42[\"all\",\"a\"]");
        assertThat(second.next()).isEqualTo("42[\"all\",\"a\"]");
    }

    @Test
    void closesOnlyTheClientThatDoesNotRead() throws Exception {
        TestingWebSocket reader = TestingWebSocket.connect(server);
        TestingPollingClient deaf = TestingPollingClient.connect(server);
        EncodedEvent event = broadcasts.encode("long", "x".repeat(10_000));

        for (int i = 0; i < 12; i++) {
            broadcasts.send(event, everybody(), Set.of());
            assertThat(reader.next()).startsWith("42[\"long\"");
        }

        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.SLOW_CONSUMER));
        assertThat(deaf.poll().statusCode()).isEqualTo(400);
        send("after", null);
        assertThat(reader.next()).isEqualTo("42[\"after\"]");
    }

    @Test
    void closesAWebSocketThatDoesNotRead() throws Exception {
        TestingRawConnection deaf = TestingRawConnection.connect(server);
        EncodedEvent event = broadcasts.encode("long", "x".repeat(50_000));

        await().pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
            broadcasts.send(event, everybody(), Set.of());
            assertThat(server.disconnects).containsExactly(DisconnectReason.SLOW_CONSUMER);
        });
        deaf.close();
    }

    @Test
    void sendsOneMessageOfAnyLength() throws Exception {
        TestingWebSocket client = TestingWebSocket.connect(server);

        send("long", "x".repeat(300_000));

        assertThat(client.next()).hasSize(300_000 + 13);
    }

    @Test
    void skipsAVolatileEventForAClientThatCannotTakeItNow() throws Exception {
        TestingWebSocket ready = TestingWebSocket.connect(server);
        TestingPollingClient between = TestingPollingClient.connect(server);

        broadcasts.sendVolatile(broadcasts.encode("beat", 1), everybody());
        send("change", 2);

        assertThat(ready.next()).isEqualTo("42[\"beat\",1]");
        assertThat(ready.next()).isEqualTo("42[\"change\",2]");
        assertThat(between.poll().body()).isEqualTo("42[\"change\",2]");
    }

    @Test
    void skipsAWebSocketThatIsFull() throws Exception {
        TestingRawConnection deaf = TestingRawConnection.connect(server);
        EncodedEvent beat = broadcasts.encode("beat", "x".repeat(50_000));
        SocketIOClient client = everybody().sockets().get(0);

        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            broadcasts.sendVolatile(beat, everybody());
            return !client.isWritable();
        });
        for (int i = 0; i < 100; i++) {
            broadcasts.sendVolatile(beat, everybody());
        }

        assertThat(server.disconnects).isEmpty();
        deaf.close();
    }

    @Test
    void skipsClientsThatHaveLeft() throws Exception {
        TestingWebSocket stays = TestingWebSocket.connect(server);
        TestingWebSocket leaves = TestingWebSocket.connect(server);
        Audience receivers = everybody();
        leaves.send("41");
        await().untilAsserted(() -> assertThat(everybody().sockets()).hasSize(1));

        broadcasts.send(broadcasts.encode("after", 1), receivers, Set.of());

        assertThat(stays.next()).isEqualTo("42[\"after\",1]");
        assertThat(leaves.messages).isEmpty();
    }

    @Test
    void refusesValuesThatCannotBeSent() {
        assertThatThrownBy(() -> broadcasts.encode("event", new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
