package dev.watchparty.it.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A room whose host keeps it locked, opens it for one client at a time, and locks it again. Besides them there are sockets
 * of both generations that never join, so that the list of people is the test's own.
 */
final class TestingHostedRoom implements AutoCloseable {
    private static final int BYSTANDERS = 10;

    private final CreatedRoom room;
    private final TestingSocketClient host;
    private final List<TestingSocketClient> others = new ArrayList<>();

    TestingHostedRoom(RunningServer server) {
        room = CreatedRoom.create(server.uri(), Map.of("title", "Film night"));
        host = ClientKind.JAVA_WEBSOCKET.open("host", server.uri(), room.host());
        host.await("session:init");
        for (int i = 0; i < BYSTANDERS; i++) {
            Map<String, Object> auth = i % 2 == 0 ? room.guest() : Map.of("room", room.room());
            others.add(ClientKind.JAVA_WEBSOCKET.open("bystander", server.uri(), auth));
        }
        others.forEach(bystander -> bystander.await("session:init"));
        lock(true);
    }

    private void lock(boolean locked) {
        host.ask("room:update", Map.of("locked", locked));
    }

    /** The handshake of a client that is led here. */
    Map<String, Object> leadHere(Map<String, ?> auth) {
        Map<String, Object> led = new HashMap<>(auth);
        led.put("room", room.room());
        return led;
    }

    /** The handshake of a client that enters while the room is locked. */
    Map<String, Object> asHost() {
        return room.host();
    }

    /** Opens the room while a client enters; it has received the room when this returns. */
    TestingSocketClient letIn(Supplier<TestingSocketClient> opening) {
        lock(false);
        TestingSocketClient client = opening.get();
        client.awaitWithoutTaking("session:init");
        lock(true);
        return client;
    }

    @Override
    public void close() {
        others.forEach(TestingSocketClient::close);
        host.close();
    }
}
