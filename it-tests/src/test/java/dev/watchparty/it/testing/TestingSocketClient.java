package dev.watchparty.it.testing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/** A Socket.IO client of some library, which remembers all that it is told. Waits are bounded, and fail with a listing. */
public abstract class TestingSocketClient implements AutoCloseable {
    private final String name;
    private final Inbox inbox;
    private volatile String id = "";

    TestingSocketClient(String name) {
        this.name = requireNonNull(name, "name is null");
        this.inbox = new Inbox(name);
    }

    /** The id that the library gives as {@code socket.id}; of the last connection if there is none now. */
    public final String id() {
        return id;
    }

    /** Sends an event. Arguments are turned into JSON as Jackson does. */
    public abstract void emit(String event, Object... arguments);

    /** Connects again, as the library's own {@code connect} does. */
    public abstract void connect();

    /** Leaves, as the library's own {@code disconnect} does. */
    public abstract void disconnect();

    /** Cuts the connection under the library, which then reconnects by itself as after a lost network. */
    public abstract void dropConnection();

    /** The next event of that name which was not taken before. */
    public final JsonNode await(String event) {
        return inbox.await(event, payload -> true);
    }

    /** The first event of that name which was not taken before and which fits. */
    public final JsonNode await(String event, Predicate<JsonNode> predicate) {
        return inbox.await(event, predicate);
    }

    /** The payloads of that event which came and which nobody awaited. */
    public final List<JsonNode> unawaited(String event) {
        return inbox.open(event);
    }

    /** All that came, in order. */
    public final List<ReceivedEvent> received() {
        return inbox.received();
    }

    /** Takes all that has come so far. */
    public final void forget() {
        inbox.forget();
    }

    /**
     * Waits for the answer to a ping. The server has then done all that this client sent before, and this client has all
     * that it was sent before.
     */
    public final void settle() {
        emit("ping");
        await("pong");
    }

    final void accept(String event, JsonNode payload) {
        if (event.equals(ReceivedEvent.CONNECTED)) {
            id = payload.textValue();
        }
        inbox.add(new ReceivedEvent(event, payload));
    }

    @Override
    public abstract void close();

    @Override
    public final String toString() {
        return name;
    }
}
