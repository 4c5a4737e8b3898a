package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.DisconnectReason;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Sends one event to many sockets of a namespace. The event is encoded and framed once, and each event loop writes it
 * to its own connections in one go.
 *
 * <p>Callers with a common lock have a guarantee: every receiver gets their events in the order of their calls,
 * together with the events that are sent to that receiver alone. The caller's thread writes nothing and calls no
 * listener before the call returns, so the caller may hold a lock.
 */
public interface Broadcasts {
    /**
     * Encodes an event.
     *
     * @param payload null for none
     * @throws IllegalArgumentException if the payload cannot be written as JSON
     */
    EncodedEvent encode(String event, Object payload);

    /**
     * Encodes an event that has a form of its own in each dialect.
     *
     * @param message the event in a dialect; called at most once for each dialect and encoding of the receivers, on the
     *     thread that sends
     */
    EncodedEvent encode(Function<Dialect, Message> message);

    /**
     * Joins events that are sent together: one packet each, one after the other, as if they had been sent alone.
     *
     * @param events at least one
     */
    EncodedEvent inOnePiece(List<EncodedEvent> events);

    /** Sends an event to one receiver, which must get it: like {@link #send(EncodedEvent, Audience, Set)}. */
    void send(EncodedEvent event, SocketIOClient receiver);

    /**
     * Sends an event that every receiver must get. The event waits for receivers that cannot take it now. A receiver
     * for which too much waits is closed with {@link DisconnectReason#SLOW_CONSUMER}. Receivers that have left are
     * skipped.
     *
     * @param except the receivers that do not get it; must not change
     */
    void send(EncodedEvent event, Audience receivers, Set<? extends SocketIOClient> except);

    /**
     * Sends an event that has no value later to all receivers: like {@link #sendVolatile(EncodedEvent, Audience, Set)}.
     */
    default void sendVolatile(EncodedEvent event, Audience receivers) {
        sendVolatile(event, receivers, Set.of());
    }

    /**
     * Sends an event that has no value later: a receiver that cannot take it now does not get it.
     *
     * @param except the receivers that do not get it; must not change
     */
    void sendVolatile(EncodedEvent event, Audience receivers, Set<? extends SocketIOClient> except);
}
