package dev.watchparty.server.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.server.broadcast.BroadcastFixes;
import dev.watchparty.server.config.ConfigLoader;
import dev.watchparty.server.config.WatchPartyConfig;
import dev.watchparty.server.recovery.Archive;
import dev.watchparty.server.recovery.RecoveryConfig;
import dev.watchparty.server.session.InMemorySessionStore;
import dev.watchparty.server.session.SavedSessions;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.TestingListener;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.EventLimiter;
import dev.watchparty.server.socketio.SocketIdentities;
import dev.watchparty.server.socketio.SocketIdentities.Identity;
import dev.watchparty.server.socketio.SocketIoServer;
import dev.watchparty.server.socketio.TestingNoPages;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handler behind the real transport, before the real store, for clients who all prove to be the same. */
class ConnectionHandlerTest {
    private static final String SOCKET_ID = "AAAAAAAAAAAAAAAAAAAA";

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> events = new CopyOnWriteArrayList<>();
    private SocketIoServer server;
    private int port;

    @BeforeEach
    void start() {
        WatchPartyConfig config = ConfigLoader.of(ConfigFactory.parseMap(Map.of(
                "watchparty.server.host", "127.0.0.1",
                "watchparty.server.port", 0,
                "watchparty.server.io-threads", 2)));
        ServerClock clock = ServerClock.anchored();
        InMemorySessionStore store =
                new InMemorySessionStore(config.sessionFixes(), config.rooms(), clock, SavedSessions.none(), timer);
        store.subscribe(new TestingListener(event -> events.add(nameOf(event))));
        SocketIdentities theSame = (handshake, pid) -> Identity.recovered(SOCKET_ID);
        server = new SocketIoServer(config.transport(), EventLimiter.UNLIMITED, theSame, new TestingNoPages());
        Injector injector = Guice.createInjector(binder -> {
            binder.bind(Broadcasts.class).toInstance(server.broadcasts("/"));
            binder.bind(BroadcastFixes.class).toInstance(config.broadcastFixes());
            binder.bind(ServerClock.class).toInstance(clock);
            binder.bind(SessionStore.class).toInstance(stallingTheFirst(store));
            binder.bind(RecoveryConfig.class).toInstance(config.recovery());
            binder.bind(Archive.Contents.class).toInstance(new Archive.Contents("secret", SavedSessions.none()));
            binder.bind(ScheduledExecutorService.class).toInstance(timer);
        });
        injector.getInstance(ConnectionHandler.class).register(server.namespace("/"));
        port = server.start().getPort();
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        server.stop(Duration.ofSeconds(5));
        timer.shutdownNow();
    }

    @Test
    void nobodyStaysWhoCameLaterThanTheirSuccessorWent() throws Exception {
        WebSocket successor = succeedWhoIsStalled();
        successor.sendText("41", true).get();
        await().untilAsserted(() -> assertThat(events).containsExactly("Entered", "Left"));

        goOn.countDown();

        await().untilAsserted(() -> assertThat(events).containsExactly("Entered", "Left", "Entered", "Left"));
    }

    @Test
    void whoCameLaterThanTheirSuccessorDisturbsNobody() throws Exception {
        WebSocket successor = succeedWhoIsStalled();

        goOn.countDown();

        await().until(() -> server.sessions() == 1);
        successor.sendText("41", true).get();
        await().untilAsserted(() -> assertThat(events).containsExactly("Entered", "Left"));
    }

    /** Connects a client whose visit stalls, and another that enters meanwhile. */
    private WebSocket succeedWhoIsStalled() throws Exception {
        connect();
        stalled.await();
        WebSocket successor = connect();
        await().untilAsserted(() -> assertThat(events).containsExactly("Entered"));
        return successor;
    }

    private WebSocket connect() throws Exception {
        WebSocket webSocket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:%d/socket.io/?EIO=4&transport=websocket".formatted(port)),
                        new WebSocket.Listener() {})
                .get();
        webSocket.sendText("40", true).get();
        return webSocket;
    }

    /** The store, but for the first to enter, whose thread stands still until it is told to go on. */
    private SessionStore stallingTheFirst(SessionStore store) {
        AtomicBoolean first = new AtomicBoolean(true);
        return (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(),
                new Class<?>[] {SessionStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("enter") && first.getAndSet(false)) {
                        stalled.countDown();
                        goOn.await();
                    }
                    return method.invoke(store, arguments);
                });
    }

    private static String nameOf(SessionEvent event) {
        return event.getClass().getSimpleName();
    }
}
