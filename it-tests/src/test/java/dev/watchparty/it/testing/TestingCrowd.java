package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Hundreds of people in a separate Node process, in all modes and in several rooms, over a network that can be cut. */
public final class TestingCrowd implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final NodeBridge bridge = new NodeBridge("crowd.mjs", Map.of());
    private final int size;
    private final int rooms;

    /** Opens the crowd; all have joined when this returns. */
    public TestingCrowd(RunningServer server, int size, int rooms) {
        this(List.of(server), size, rooms);
    }

    /** Opens the crowd on several nodes, to which it comes in turn. */
    public TestingCrowd(List<? extends RunningServer> nodes, int size, int rooms) {
        this.size = size;
        this.rooms = rooms;
        call("open", Map.of("ports", ports(nodes), "size", size, "rooms", rooms));
    }

    private static List<Integer> ports(List<? extends RunningServer> nodes) {
        return nodes.stream().map(RunningServer::port).toList();
    }

    /** Cuts all connections at once, lets nobody in for a time, and waits until all are back. */
    public void storm(long downMillis) {
        call("storm", Map.of("downMs", downMillis));
    }

    /** As {@link #storm(long)}; those who were on the first node come back to the first of these, and so on. */
    public void storm(long downMillis, List<? extends RunningServer> nodes) {
        call("storm", Map.of("downMs", downMillis, "ports", ports(nodes)));
    }

    /** How long each took after the latest storm until it was in its room again under its name, ms, in rising order. */
    public List<Double> returnTimes() {
        return StreamSupport.stream(look().spliterator(), false)
                .map(guest -> guest.path("backMs").doubleValue())
                .sorted()
                .toList();
    }

    /** Each person's name, room and id, how often it has connected, and the errors that it received. */
    public JsonNode look() {
        return call("look", Map.of());
    }

    /** The name and id of each person in each room, from the crowd's own point of view. */
    public Map<String, Map<String, String>> namesByIdByRoom() {
        Map<String, Map<String, String>> people = new TreeMap<>();
        look().forEach(guest -> people.computeIfAbsent(guest.path("room").textValue(), room -> new TreeMap<>())
                .put(guest.path("id").textValue(), guest.path("name").textValue()));
        return people;
    }

    /** The same from the snapshot that the server sends to a new client. */
    public Map<String, Map<String, String>> listedNamesByIdByRoom() {
        Map<String, Map<String, String>> listed = new TreeMap<>();
        IntStream.range(0, rooms).mapToObj(number -> "room-" + number).forEach(room -> {
            Map<String, String> names = new TreeMap<>();
            call("list", Map.of("room", room))
                    .properties()
                    .forEach(user -> names.put(
                            user.getKey(), user.getValue().path("username").textValue()));
            listed.put(room, names);
        });
        return listed;
    }

    /** Lets people act as people do, including losing their network and coming back, until {@link #rest}. */
    public void live(int actionsPerSecond) {
        call("live", Map.of("actionsPerSecond", actionsPerSecond));
    }

    /** Ends {@link #live}, and waits until everybody is present. */
    public void rest() {
        call("rest", Map.of());
    }

    public int size() {
        return size;
    }

    private JsonNode call(String operation, Map<String, ?> arguments) {
        return bridge.call("crowd", operation, arguments, PATIENCE_SECONDS);
    }

    /** All leave. */
    @Override
    public void close() {
        call("close", Map.of());
    }
}
