package dev.watchparty.server.engineio;

/** The reason why a session ended, or why a socket left its namespace. */
public enum DisconnectReason {
    /** The client left the namespace: Socket.IO's DISCONNECT packet. */
    CLIENT_DISCONNECT(false),
    /**
     * The client ended the session: Engine.IO's close packet. A client that leaves on purpose leaves its namespaces
     * first. A close packet alone comes from a polling client after a failed request, and that client will reconnect.
     */
    CLIENT_CLOSE(true),
    /**
     * The page was closed or left, or its client has finished: WebSocket close 1001 or 1000, RFC 6455 section 7.4.1.
     */
    PAGE_CLOSED(false),
    /** This server removed the socket from the namespace. */
    SERVER_DISCONNECT(false),
    /** This server ended the session. */
    SERVER_CLOSE(false),
    /** This server is shutting down; clients reconnect by themselves. */
    SERVER_SHUTDOWN(true),
    /** This server could not serve the client at the time; the client tries again by itself. */
    UNAVAILABLE(true),
    /** The client has reconnected over another connection. */
    REPLACED(true),
    /** The connection was lost. */
    TRANSPORT_CLOSE(true),
    /** A ping was not answered in time. */
    PING_TIMEOUT(true),
    /** The client did not connect to a namespace in time. */
    CONNECT_TIMEOUT(false),
    /** The client sent something that the protocol does not allow. */
    PROTOCOL_ERROR(false),
    /** Too many messages waited for the client; it must reconnect and start afresh. */
    SLOW_CONSUMER(true),
    /** The {@link ConnectionLimiter} closed the session. */
    LIMIT_EXCEEDED(false);

    private final boolean loss;

    DisconnectReason(boolean loss) {
        this.loss = loss;
    }

    /** Whether neither side meant the session to end, so that the client is expected to reconnect. */
    public boolean isLoss() {
        return loss;
    }
}
