package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.socketio.EventLimiter.EventVerdict;

/** What this server knows of a socket, beside what the library's interface tells. */
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
     * The id that the client itself knows as {@code socket.id}: 20 characters of base64url. It tells nothing of the
     * session's own id, which is a secret between the server and the client.
     */
    String publicId();

    /** Whether the client has come back, and got the id that it had. */
    boolean isRecovered();

    /**
     * The object that the {@link Admission} of the namespace attached.
     *
     * @throws IllegalStateException if it attached none, or one of another type
     */
    <T> T attachment(Class<T> type);

    /** Ends what is left of the client's session, when it has come back over another one. */
    void replace();

    /**
     * Why the socket left, for its disconnect listeners.
     *
     * @throws IllegalStateException if it has not left
     */
    DisconnectReason disconnectReason();

    /** Whether the event that a listener is called with came too early: {@link EventVerdict#EARLY}. Asked by the listener, before it returns. */
    boolean isEarly();

    /**
     * Runs a task when the limits allow an event, and takes its allowance; in order with what the client sends, and never
     * if its session has ended by then. The task that waited before is given up. Called by a listener.
     */
    void whenAllowed(String event, Runnable task);

    /** Gives up the task that waits, if there is one. Called by a listener. */
    void giveUp();
}
