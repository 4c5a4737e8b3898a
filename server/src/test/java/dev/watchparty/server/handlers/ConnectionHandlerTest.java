package dev.watchparty.server.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.server.broadcast.BroadcastFixes;
import dev.watchparty.server.broadcast.Broadcaster;
import dev.watchparty.server.broadcast.Member;
import dev.watchparty.server.broadcast.PartyDialect;
import dev.watchparty.server.config.ConfigLoader;
import dev.watchparty.server.config.WatchPartyConfig;
import dev.watchparty.server.identity.RecoveryConfig;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.StoreUnavailableException;
import dev.watchparty.server.session.TestingListener;
import dev.watchparty.server.session.memory.MemoryStore;
import dev.watchparty.server.session.memory.SavedSessions;
import dev.watchparty.server.socketio.Admission;
import dev.watchparty.server.socketio.Admission.Decision;
import dev.watchparty.server.socketio.Admission.Identity;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.SocketIoServer;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the handler with the real transport and the real store. All clients prove to be the same socket. */
class ConnectionHandlerTest {
    private static final String SOCKET_ID = "AAAAAAAAAAAAAAAAAAAA";

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final AtomicLong arrivals = new AtomicLong();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>(); // to all clients
    private final List<Integer> closeCodes = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> slow =
            new CompletableFuture<>(); // the store answers the first when it is done
    private SocketIoServer server;
    private int port;

    @BeforeEach
    void start() {
        WatchPartyConfig config = ConfigLoader.of(ConfigFactory.parseMap(Map.of(
                "watchparty.server.host",
                "127.0.0.1",
                "watchparty.server.port",
                0,
                "watchparty.recovery.grace",
                "0 s",
                "watchparty.server.io-threads",
                2)));
        ServerClock clock = ServerClock.anchored();
        MemoryStore store = new MemoryStore(
                config.sessionFixes(), config.rooms(), config.recovery().window(), clock, SavedSessions.none(), timer);
        server = new SocketIoServer(config.transport());
        Admission theSame = (client, pid) -> CompletableFuture.completedStage(Decision.admit(
                Identity.recovered(SOCKET_ID),
                PartyDialect.of(1),
                new Member(
                        client,
                        RoomId.DEFAULT,
                        new Arrival(SOCKET_ID, arrivals.incrementAndGet(), true),
                        PartyDialect.of(1),
                        Optional.empty())));
        server.admission("/", theSame);
        Injector injector = Guice.createInjector(binder -> {
            binder.bind(Broadcasts.class).toInstance(server.broadcasts("/"));
            binder.bind(BroadcastFixes.class).toInstance(config.broadcastFixes());
            binder.bind(RoomLimits.class).toInstance(config.rooms());
            binder.bind(ServerClock.class).toInstance(clock);
            binder.bind(PresenceStore.class).toInstance(slowForTheFirst(store));
            binder.bind(RecoveryConfig.class).toInstance(config.recovery());
            binder.bind(ScheduledExecutorService.class).toInstance(timer);
        });
        SessionListener recorder = new TestingListener(event -> events.add(nameOf(event)));
        List.of(injector.getInstance(Broadcaster.class), recorder).forEach(store::subscribe);
        injector.getInstance(ConnectionHandler.class).register(server.namespace("/"));
        port = server.start().getPort();
    }

    @AfterEach
    void stop() {
        slow.complete(null);
        server.stop(Duration.ofSeconds(5));
        timer.shutdownNow();
    }

    @Test
    void socketThatComesBackReplacesItsOldConnection() throws Exception {
        connect();
        slow.complete(null);
        await().untilAsserted(() -> assertThat(events).containsExactly("Entered"));
        WebSocket second = connect();

        await().untilAsserted(() -> assertThat(events).containsExactly("Entered", "Entered"));
        await().until(() -> server.sessions() == 1);
        second.sendText("41", true).get();
        await().untilAsserted(() -> assertThat(events).containsExactly("Entered", "Entered", "Left"));
    }

    @Test
    void connectionThatEndsBeforeTheStoreAnswersLeavesNoSocketBehind() throws Exception {
        WebSocket first = connect();
        await().until(() -> arrivals.get() == 1);
        first.sendText("41", true).get();
        first.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
        await().until(() -> server.sessions() == 0);
        assertThat(events).isEmpty();

        slow.complete(null);

        await().untilAsserted(() -> assertThat(events).containsExactly("Entered", "Left"));
    }

    @Test
    void lastConnectionThatTheStoreAdmitsStays() throws Exception {
        connect();
        await().until(() -> arrivals.get() == 1);
        connect();
        await().untilAsserted(() -> assertThat(events).containsExactly("Entered"));
        assertThat(server.sessions()).isEqualTo(2);

        slow.complete(null);

        await().untilAsserted(() -> assertThat(events).containsExactly("Entered", "Entered"));
        await().until(() -> server.sessions() == 1);
    }

    @Test
    void clientTriesAgainIfTheStoreAnswersLateThatItIsAway() throws Exception {
        connect();
        await().until(() -> arrivals.get() == 1);
        slow.completeExceptionally(new StoreUnavailableException("the store is away"));

        await().untilAsserted(() -> assertThat(said)
                .anyMatch(text -> text.startsWith("42[\"session:error\"") && text.contains("the store is away")));
        await().untilAsserted(() -> assertThat(closeCodes).containsExactly(1013));
        assertThat(said).doesNotContain("41");
        assertThat(events).isEmpty();
    }

    @Test
    void clientIsDisconnectedIfTheStoreAnswersLateThatItRefuses() throws Exception {
        connect();
        await().until(() -> arrivals.get() == 1);
        slow.completeExceptionally(new SessionException(RequestErrorCode.UNAVAILABLE, "no more rooms"));

        await().untilAsserted(() -> assertThat(said)
                .anyMatch(text -> text.startsWith("42[\"session:error\"") && text.contains("no more rooms"))
                .endsWith("41"));
        assertThat(events).isEmpty();
    }

    @Test
    void connectionThatEndsBeforeTheStoreRefusesItLeavesNoSocketBehind() throws Exception {
        WebSocket first = connect();
        await().until(() -> arrivals.get() == 1);
        first.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
        await().until(() -> server.sessions() == 0);
        slow.completeExceptionally(new StoreUnavailableException("the store is away"));
        connect();

        await().untilAsserted(() -> assertThat(events).containsExactly("Entered"));
    }

    /** Notes what comes. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder begun = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            begun.append(part);
            if (last) {
                said.add(begun.toString());
                begun.setLength(0);
            }
            return WebSocket.Listener.super.onText(webSocket, part, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            closeCodes.add(status);
            return null;
        }
    }

    private WebSocket connect() throws Exception {
        WebSocket webSocket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:%d/socket.io/?EIO=4&transport=websocket".formatted(port)),
                        new Listener())
                .get();
        webSocket.sendText("40", true).get();
        return webSocket;
    }

    /** The store, which admits the first socket only when {@link #slow} is done. */
    private PresenceStore slowForTheFirst(PresenceStore store) {
        AtomicBoolean first = new AtomicBoolean(true);
        return (PresenceStore) Proxy.newProxyInstance(
                PresenceStore.class.getClassLoader(),
                new Class<?>[] {PresenceStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("enter") && first.getAndSet(false)) {
                        return slow.thenCompose(done -> store.enter((RoomId) arguments[0], (Arrival) arguments[1]));
                    }
                    return method.invoke(store, arguments);
                });
    }

    private static String nameOf(SessionEvent event) {
        return event.getClass().getSimpleName();
    }
}
