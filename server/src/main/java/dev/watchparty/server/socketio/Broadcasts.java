package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.DisconnectReason;
import java.util.List;
import java.util.Set;

/**
 * Sends one event to many sockets of a namespace: encoded and framed once, and written by each event loop to its own
 * connections in one go.
 *
 * <p>Guarantees that every receiver gets what callers with a common lock send in the order of their calls, together with
 * what is sent to that receiver alone. The caller's thread writes nothing, and calls no listener, before the call
 * returns: it may be made under a lock.
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
     * Joins events that are sent together: a packet each, one after the other, as if they had been sent alone.
     *
     * @param events at least one
     */
    EncodedEvent inOnePiece(List<EncodedEvent> events);

    /** Sends to one what it must get: as {@link #send(EncodedEvent, Audience, Set)}. */
    void send(EncodedEvent event, SocketIOClient receiver);

    /**
     * Sends what every receiver must get. It waits for those that cannot take it now; one for whom too much waits is
     * closed with {@link DisconnectReason#SLOW_CONSUMER}. Receivers that have left are passed over.
     *
     * @param except some of them that do not get it; must not change
     */
    void send(EncodedEvent event, Audience receivers, Set<? extends SocketIOClient> except);

    /** Sends to all what is worth nothing later: as {@link #sendVolatile(EncodedEvent, Audience, Set)}. */
    default void sendVolatile(EncodedEvent event, Audience receivers) {
        sendVolatile(event, receivers, Set.of());
    }

    /**
     * Sends what is worth nothing later: whoever cannot take it now does not get it.
     *
     * @param except some of them that do not get it; must not change
     */
    void sendVolatile(EncodedEvent event, Audience receivers, Set<? extends SocketIOClient> except);
}
