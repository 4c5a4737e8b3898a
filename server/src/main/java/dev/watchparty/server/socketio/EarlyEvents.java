package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;

/**
 * For listeners of events that come before their sender's limits allow them: {@link ConnectionLimiter.Verdict#EARLY}. A
 * client has one task that waits.
 */
public final class EarlyEvents {
    private EarlyEvents() {}

    /** Whether the event that a listener is called with came too early. Asked by the listener, before it returns. */
    public static boolean isEarly(SocketIOClient client) {
        return connection(client).isEarly();
    }

    /**
     * Runs a task when the limits allow an event, and takes its allowance; in order with what the client sends, and never
     * if its session has ended by then. The task that waited before is given up. Called by a listener.
     */
    public static void whenAllowed(SocketIOClient client, String event, Runnable task) {
        connection(client).whenAllowed(event, task);
    }

    /** Gives up the task that waits, if there is one. Called by a listener. */
    public static void giveUp(SocketIOClient client) {
        connection(client).giveUp();
    }

    private static SocketIoConnection connection(SocketIOClient client) {
        return NamespaceSocket.of(client).connection();
    }
}
