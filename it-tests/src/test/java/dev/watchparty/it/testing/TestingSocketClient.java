package dev.watchparty.it.testing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A Socket.IO client of some library, which remembers all events that it receives. Waits are bounded; a wait that fails
 * lists the events.
 *
 * <p>When a server asks for an ack, the client answers with {@code "answer"} and the arguments of the event, unless the
 * event's name ends in {@code unanswered}.
 */
public abstract class TestingSocketClient implements AutoCloseable {
    /** The first argument of every ack. */
    static final String ANSWER = "answer";

    private static final String UNANSWERED = "unanswered";

    private final String name;
    private final Inbox inbox;
    private final List<TestingSocketClient> others = new ArrayList<>();
    private volatile String id = "";

    TestingSocketClient(String name) {
        this.name = requireNonNull(name, "name is null");
        this.inbox = new Inbox(name);
    }

    static boolean isAnswered(String event) {
        return !event.endsWith(UNANSWERED);
    }

    /** The id that the library reports as {@code socket.id}; that of the last connection if there is none now. */
    public final String id() {
        return id;
    }

    /** Sends an event. Arguments are converted to JSON as by Jackson, except bytes, which stay bytes. */
    public abstract void emit(String event, Object... arguments);

    /**
     * Sends an event that is acknowledged; returns the ack's arguments, an array, or nothing if the library gives up.
     */
    abstract CompletableFuture<Optional<JsonNode>> askLater(Duration timeout, String event, Object... arguments);

    /** Creates a socket in another namespace over the same connection, without waiting. */
    abstract TestingSocketClient openOther(String namespace, Map<String, ?> auth);

    /** Connects again, as the library's own {@code connect} does. */
    public abstract void connect();

    /** Leaves the namespace, as the library's own {@code disconnect} does; the last one ends the connection. */
    public abstract void disconnect();

    /** Cuts the connection beneath the library, which then reconnects by itself as after a lost network. */
    public abstract void dropConnection();

    /** Opens a socket in another namespace over the same connection, without waiting. It closes with this one. */
    public final TestingSocketClient open(String namespace, Map<String, ?> auth) {
        TestingSocketClient other = openOther(namespace, auth);
        others.add(other);
        return other;
    }

    /** Sends an event, waits for its ack, and returns the ack's arguments, an array. */
    public final JsonNode ask(String event, Object... arguments) {
        return askWithin(Inbox.PATIENCE, event, arguments)
                .orElseThrow(() -> new AssertionError("%s was not answered: %s".formatted(name, event)));
    }

    /** Like {@link #ask}, with the library's own timeout; empty when that has passed. */
    public final Optional<JsonNode> askWithin(Duration timeout, String event, Object... arguments) {
        try {
            return askLater(timeout, event, arguments)
                    .get(timeout.plus(Inbox.PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("%s could not ask %s".formatted(name, event), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(name + " was interrupted while asking " + event, e);
        }
    }

    /** The next event of that name that has not been taken. */
    public final JsonNode await(String event) {
        return inbox.await(event, payload -> true).payload();
    }

    /** The first event of that name that has not been taken and that fits. */
    public final JsonNode await(String event, Predicate<JsonNode> predicate) {
        return inbox.await(event, predicate).payload();
    }

    /** Waits for an event of that name that has not been taken, and leaves it for {@link #await}. */
    final void awaitWithoutTaking(String event) {
        inbox.awaitWithoutTaking(event);
    }

    /** All arguments of the next event of that name that has not been taken, an array. */
    public final JsonNode awaitArguments(String event) {
        return inbox.await(event, payload -> true).arguments();
    }

    /** The payloads of the events of that name that arrived and were not awaited. */
    public final List<JsonNode> unawaited(String event) {
        return inbox.open(event);
    }

    /** All events that arrived, in order. */
    public final List<ReceivedEvent> received() {
        return inbox.received();
    }

    /** Takes all events that have arrived so far. */
    public final void forget() {
        inbox.forget();
    }

    /**
     * Waits for the answer to a ping. By then the server has processed everything that this client sent before, and
     * this client has received everything that was sent to it before.
     */
    public final void settle() {
        emit("ping");
        await("pong");
    }

    /** @param arguments an array */
    final void accept(String event, JsonNode arguments) {
        if (event.equals(ReceivedEvent.CONNECTED)) {
            id = arguments.path(0).textValue();
        }
        inbox.add(new ReceivedEvent(event, arguments));
    }

    abstract void closeSocket();

    @Override
    public final void close() {
        others.forEach(TestingSocketClient::close);
        closeSocket();
    }

    @Override
    public final String toString() {
        return name;
    }
}
