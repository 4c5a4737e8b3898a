package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.server.testing.TestingNetwork;
import dev.watchparty.server.testing.TestingRedis;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Nodes in processes of their own that share a Redis, and clients that are led to one of them and later to another. All
 * are closed after the test. Register it as a field of the test class.
 */
public final class TestingCluster implements AfterEachCallback {
    private static final String REDIS = "watchparty.redis.uri";

    /** Processes that live for seconds need no better code. */
    private static final List<String> QUICK_START = List.of("-Xmx160m", "-XX:TieredStopAtLevel=1");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<TestingServerProcess> nodes = new ArrayList<>();
    private final List<TestingSocketClient> clients = new ArrayList<>();
    private final List<AutoCloseable> guests = new ArrayList<>();
    private final Map<TestingSocketClient, TestingNetwork> doors = new HashMap<>();
    private Map<String, ?> overrides = Map.of();
    private TestingRedis redis;

    /**
     * The room as a client knows it.
     *
     * @param names of the participants, by their ids
     */
    public record View(String videoId, boolean isPlaying, long seq, Map<String, String> names) {
        /** A view that the server has told as a whole. */
        public static View of(JsonNode init) {
            Map<String, String> names = new TreeMap<>();
            init.path("users")
                    .properties()
                    .forEach(user -> names.put(
                            user.getKey(), user.getValue().path("username").textValue()));
            return new View(
                    init.path("videoId").textValue(),
                    init.path("isPlaying").booleanValue(),
                    init.path("seq").longValue(),
                    names);
        }

        /** The room as a client has learned it from all that it received. */
        static View of(TestingSocketClient client) {
            View view = new View("", false, 0, Map.of());
            for (ReceivedEvent event : client.received()) {
                view = view.after(event);
            }
            return view;
        }

        private View after(ReceivedEvent event) {
            JsonNode payload = event.payload();
            long number = payload.path("seq").asLong(seq);
            return switch (event.name()) {
                case "session:init" -> of(payload);
                case "session:videoChange" -> new View(payload.path("videoId").textValue(), false, number, names);
                case "session:play" -> new View(videoId, true, number, names);
                case "session:pause" -> new View(videoId, false, number, names);
                case "session:seek", "session:sync" -> new View(videoId, isPlaying, number, names);
                case "session:userJoined" -> with(payload.path("user"));
                case "session:userLeft" -> without(payload.path("socketId").textValue());
                default -> this;
            };
        }

        private View with(JsonNode user) {
            Map<String, String> people = new TreeMap<>(names);
            people.put(user.path("socketId").textValue(), user.path("username").textValue());
            return new View(videoId, isPlaying, seq, people);
        }

        private View without(String socketId) {
            Map<String, String> people = new TreeMap<>(names);
            people.remove(socketId);
            return new View(videoId, isPlaying, seq, people);
        }
    }

    /** Starts nodes on a Redis that loses its data when it ends. */
    public void start(int count, Map<String, ?> settings) {
        start(TestingRedis.start(), count, settings);
    }

    /** Starts nodes with these keys set, and closes that Redis after the test. */
    public void start(TestingRedis shared, int count, Map<String, ?> settings) {
        redis = shared;
        overrides = settings;
        for (int i = 0; i < count; i++) {
            nodes.add(start(Map.of()));
        }
    }

    private TestingServerProcess start(Map<String, ?> own) {
        Map<String, Object> settings = new HashMap<>(overrides);
        settings.put("watchparty.store", "redis");
        settings.putIfAbsent(REDIS, redis.uri());
        settings.putIfAbsent("watchparty.redis.timeout", "10 s"); // a busy machine starts slowly
        settings.putAll(own);
        return TestingServerProcess.start(QUICK_START, settings);
    }

    public TestingRedis redis() {
        return redis;
    }

    public TestingServerProcess node(int number) {
        return nodes.get(number);
    }

    /** Whether a balancer would send people to a node. */
    public boolean isReady(int number) {
        try {
            return TestingRawClient.get(node(number), "/readyz").status() == 200;
        } catch (UncheckedIOException ended) {
            return false;
        }
    }

    /** Ends a node as a crash does. */
    public void kill(int number) {
        node(number).kill();
    }

    /** Stops a node's time: its connections stay, and nothing is answered. */
    public void pause(int number) {
        node(number).pause();
    }

    public void resume(int number) {
        node(number).resume();
    }

    /** Starts a node that has ended again, on the same port. */
    public void restart(int number) {
        nodes.set(number, start(Map.of(ServerKeys.PORT, node(number).port())));
    }

    /** Opens a client on a node, joins under its name, and takes both snapshots. */
    public TestingSocketClient join(int number, ClientKind kind, String name) {
        return join(number, kind, name, Map.of());
    }

    /** Opens a client with Socket.IO's {@code auth} object on a node, and joins as above. */
    public TestingSocketClient join(int number, ClientKind kind, String name, Map<String, ?> auth) {
        TestingNetwork door = TestingNetwork.to(node(number).port());
        TestingSocketClient client = kind.open(name, door.uri(), auth);
        clients.add(client);
        doors.put(client, door);
        client.await(ReceivedEvent.CONNECTED);
        TestingParty.join(client);
        return client;
    }

    /** Opens the original's page on a node, and joins. */
    public TestingOriginalPage joinOriginalPage(int number, String name) {
        TestingOriginalPage page = TestingOriginalPage.open(node(number), name);
        guests.add(page);
        return TestingParty.joined(page);
    }

    /** Leads a client's later connections to another node, as a balancer does. */
    public void lead(TestingSocketClient client, int number) {
        doors.get(client).leadTo(node(number).port());
    }

    /** Cuts a client's connections; it comes back to another node by itself. */
    public void move(TestingSocketClient client, int number) {
        lead(client, number);
        doors.get(client).cut();
    }

    /** Creates a room of a host's own at a node. */
    public CreatedRoom createRoom(int number, Map<String, ?> wishes) {
        return CreatedRoom.create(node(number).uri(), wishes);
    }

    /** The code with which a node refuses a newcomer. */
    public String refusal(int number, Map<String, ?> auth) {
        try (TestingSocketClient newcomer =
                ClientKind.JS_WEBSOCKET.open("newcomer", node(number).uri(), auth)) {
            return newcomer.await("session:error").path("code").textValue();
        }
    }

    /** The greeting of a newcomer at a node. The newcomer leaves again. */
    public JsonNode snapshot(int number) {
        return snapshot(node(number));
    }

    private static JsonNode snapshot(TestingServerProcess node) {
        try (TestingSocketClient newcomer = ClientKind.JAVA_WEBSOCKET.open("newcomer", node.uri(), Map.of())) {
            return newcomer.await("session:init");
        }
    }

    /** Waits until the nodes tell newcomers the same, and these clients know the same; returns it. */
    public View awaitAgreement(List<Integer> numbers, List<TestingSocketClient> of) {
        return Awaitility.await("all nodes agree")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            List<View> views = new ArrayList<>();
                            numbers.forEach(number -> views.add(View.of(snapshot(number))));
                            of.forEach(client -> views.add(View.of(client)));
                            return views;
                        },
                        views -> views.stream().distinct().count() == 1)
                .get(0);
    }

    /** Waits until all nodes tell newcomers the same, and all clients know the same; returns it. */
    public View awaitAgreement() {
        return awaitAgreement(IntStream.range(0, nodes.size()).boxed().toList(), clients);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable guest : guests) {
            guest.close();
        }
        clients.forEach(TestingSocketClient::close);
        doors.values().forEach(TestingNetwork::close);
        nodes.forEach(TestingServerProcess::close);
        if (redis != null) {
            redis.close();
        }
    }
}
