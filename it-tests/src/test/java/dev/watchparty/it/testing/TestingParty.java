package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.server.testing.TestingRedis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server for one test and its clients; all are closed after the test. Register it as a field of the test class. The
 * server starts with the first client, unless {@link #start} was called before. In a class {@link OnTwoNodes} there is a
 * second server, to which every other client comes.
 */
public final class TestingParty implements BeforeEachCallback, AfterEachCallback {
    /** A video that exists, judging by its id. */
    public static final String VIDEO = "dQw4w9WgXcQ";

    public static final String OTHER_VIDEO = "M7lc1UVf-VE";

    private final List<AutoCloseable> guests = new ArrayList<>();
    private RunningServer server;
    private RunningServer second; // null unless there are two nodes
    private Map<String, ?> overrides = Map.of();
    private Map<String, Object> sharing = Map.of(); // empty unless there are two nodes
    private int dealt; // clients that were led to a node
    private boolean isHosted;
    private TestingHostedRoom hostedRoom; // null until the first client comes, and unless the class is in a hosted room

    /** One Redis for all tests of this JVM; each test has names of its own in it. */
    private static final class SharedRedis {
        private static final TestingRedis REDIS = TestingRedis.start();
        private static final AtomicInteger TESTS = new AtomicInteger();

        private static Map<String, Object> newSettings() {
            return Map.of(
                    "watchparty.store",
                    "redis",
                    "watchparty.redis.uri",
                    REDIS.uri().toString(),
                    "watchparty.redis.key-prefix",
                    "test" + TESTS.incrementAndGet());
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (context.getRequiredTestClass().isAnnotationPresent(OnTwoNodes.class)) {
            sharing = SharedRedis.newSettings();
        }
        isHosted = context.getRequiredTestClass().isAnnotationPresent(InAHostedRoom.class);
    }

    /** Starts the server with these keys set. */
    public TestingServer start(Map<String, ?> overrides) {
        this.overrides = overrides;
        if (!sharing.isEmpty()) {
            second = startNode(0);
        }
        return use(startNode(0));
    }

    private TestingServer startNode(int port) {
        Map<String, Object> settings = new HashMap<>(sharing);
        settings.putAll(overrides);
        settings.put(ServerKeys.PORT, port);
        return TestingServer.start(settings);
    }

    /**
     * Stops the server and starts a new one like it on the same port. The new one knows nothing of the first, unless Redis
     * does.
     */
    public TestingServer restart() {
        server.stop();
        if (second != null) {
            second.stop();
            second = startNode(second.port());
        }
        TestingServer next = startNode(server.port());
        server = next;
        return next;
    }

    /** Adopts a server that the test has started itself, and closes it after the test. */
    public <S extends RunningServer> S use(S running) {
        if (server != null) {
            throw new IllegalStateException("server: started already (expected: once per test)");
        }
        server = running;
        return running;
    }

    public RunningServer server() {
        return server == null ? start(Map.of()) : server;
    }

    /** The server to which the next client comes. */
    public RunningServer door() {
        RunningServer first = server();
        return second == null || dealt++ % 2 == 1 ? first : second;
    }

    /** Opens a client and waits until it is connected. */
    public TestingSocketClient connect(ClientKind kind, String name) {
        return connect(kind, name, Map.of());
    }

    /** Opens a client with Socket.IO's {@code auth} object and waits until it is connected. */
    public TestingSocketClient connect(ClientKind kind, String name, Map<String, ?> auth) {
        TestingSocketClient client = open(kind, name, auth);
        client.await(ReceivedEvent.CONNECTED);
        return client;
    }

    /** Opens a client without waiting for anything. */
    public TestingSocketClient open(ClientKind kind, String name, Map<String, ?> auth) {
        if (!isHosted || auth.containsKey("room")) {
            return closeAfterTest(kind.open(name, door().uri(), auth));
        }
        TestingHostedRoom room = hostedRoom();
        return room.letIn(() -> closeAfterTest(kind.open(name, door().uri(), room.leadHere(auth))));
    }

    private TestingHostedRoom hostedRoom() {
        if (hostedRoom == null) {
            hostedRoom = closeAfterTest(new TestingHostedRoom(door()));
        }
        return hostedRoom;
    }

    /** Opens a client, joins under its name, and takes both snapshots. */
    public TestingSocketClient join(ClientKind kind, String name) {
        return join(kind, name, Map.of());
    }

    /** Opens a client with Socket.IO's {@code auth} object, joins under its name, and takes both snapshots. */
    public TestingSocketClient join(ClientKind kind, String name, Map<String, ?> auth) {
        TestingSocketClient client = connect(kind, name, auth);
        join(client);
        return client;
    }

    /** Lets a client join that has just connected, and takes both snapshots. */
    static void join(TestingSocketClient client) {
        client.await("session:init");
        client.emit("session:join", Map.of("username", client.toString()));
        client.await("session:init", init -> hasJoined(init, client.id()));
    }

    /** Creates a room of a host's own. */
    public CreatedRoom createRoom(Map<String, ?> wishes) {
        return CreatedRoom.create(door().uri(), wishes);
    }

    /** Opens the original's page in a room, and joins. */
    public TestingOriginalPage joinOriginalPage(String name, CreatedRoom room) {
        return joined(closeAfterTest(TestingOriginalPage.open(door(), name, room.room())));
    }

    /** Opens the original's page, which then shows its join screen. */
    public TestingOriginalPage openOriginalPage(String name) {
        TestingOriginalPage page = TestingOriginalPage.open(door(), name);
        guests.add(page);
        return page;
    }

    /** Opens the original's page and joins. */
    public TestingOriginalPage joinOriginalPage(String name) {
        return joined(openOriginalPage(name));
    }

    /** Opens the original's page with a player that is slow to start, and joins. */
    public TestingOriginalPage joinSlowOriginalPage(String name) {
        TestingOriginalPage page = TestingOriginalPage.openWithSlowPlayer(server(), name);
        guests.add(page);
        return joined(page);
    }

    /** Opens the original's page in a separate browser, and joins. */
    public TestingOriginalPage joinInBrowser(String name) {
        return joined(closeAfterTest(TestingOriginalPage.openInBrowser(server(), name)));
    }

    /** Opens the original's page in another tab of a browser, and joins. */
    public TestingOriginalPage joinBesides(TestingOriginalPage tab, String name) {
        return joined(closeAfterTest(tab.openBesides(name)));
    }

    static TestingOriginalPage joined(TestingOriginalPage page) {
        page.join();
        page.await("is listed", look -> look.path("users").toString().contains(page.name()));
        return page;
    }

    /** The session's current state, read by a client that connects only for this, and leaves. */
    public JsonNode snapshot() {
        return snapshotOf(server());
    }

    /** The state of one node behind the server that the clients know. */
    public JsonNode snapshotOf(RunningServer node) {
        Map<String, Object> auth = isHosted ? hostedRoom().asHost() : Map.of();
        try (TestingSocketClient observer = ClientKind.JAVA_WEBSOCKET.open("observer", node.uri(), auth)) {
            return observer.await("session:init");
        }
    }

    /** Closes something after the test, before the server. */
    public <G extends AutoCloseable> G closeAfterTest(G guest) {
        guests.add(guest);
        return guest;
    }

    private static boolean hasJoined(JsonNode init, String id) {
        return init.path("users").has(id);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable guest : guests) {
            guest.close();
        }
        guests.clear();
        hostedRoom = null;
        if (server != null) {
            server.close();
            server = null;
        }
        if (second != null) {
            second.close();
            second = null;
        }
    }
}
