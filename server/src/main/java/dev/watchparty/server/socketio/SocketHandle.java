package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.socketio.EventLimiter.EventVerdict;

/** The properties of a socket that netty-socketio's interface does not expose. */
public interface SocketHandle {
    /**
     * The handle of a socket of this server.
     *
     * @throws IllegalArgumentException if it is a socket of another server
     */
    static SocketHandle of(SocketIOClient client) {
        if (client instanceof SocketHandle handle) {
            return handle;
        }
        throw new IllegalArgumentException("client: not of this server");
    }

    /**
     * The id that the client knows as {@code socket.id}: 20 characters of base64url. It reveals nothing of the session's own
     * id, which is a secret between the server and the client.
     */
    String publicId();

    /** Whether the client has come back, and has the id that it had before. */
    boolean isRecovered();

    /**
     * The object that the {@link Admission} of the namespace attached.
     *
     * @throws IllegalStateException if it attached none, or one of another type
     */
    <T> T attachment(Class<T> type);

    /** Closes the old session after its client has reconnected. */
    void replace();

    /**
     * Ends the session, 1 .. 3 s later, because the server cannot serve its client now. The client tries again by itself, as
     * after a lost connection; after {@link SocketIOClient#disconnect()} official clients do not. What was sent before still
     * leaves. Afterwards nothing is sent to the socket, and nothing is taken from it.
     */
    void closeForRetry();

    /**
     * Why the socket left, for its disconnect listeners.
     *
     * @throws IllegalStateException if it has not left
     */
    DisconnectReason disconnectReason();

    /** Whether the current event came too early: {@link EventVerdict#EARLY}. Valid only inside its listener. */
    boolean isEarly();

    /**
     * Runs a task when the limits allow an event, and counts the event. The task runs in order with the packets of the client,
     * and never after its session has ended. It replaces a task of the session that still waits. Call it in a listener.
     */
    void whenAllowed(String event, Runnable task);

    /** Gives up the waiting task, if there is one. Call it in a listener. */
    void giveUp();
}
