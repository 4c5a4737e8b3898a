package dev.watchparty.server.engineio;

/** Why a session ended, or a socket left its namespace. */
public enum DisconnectReason {
    /** The client left the namespace: Socket.IO's DISCONNECT packet. */
    CLIENT_DISCONNECT(false),
    /**
     * The client ended the session: Engine.IO's close packet. Clients that leave on purpose leave their namespaces first;
     * alone it comes from a polling client of which a request has failed, and which will be back.
     */
    CLIENT_CLOSE(true),
    /** The page was closed or left, or its client is done: WebSocket close 1001 or 1000, RFC 6455 section 7.4.1. */
    PAGE_CLOSED(false),
    /** This server put the socket out of the namespace. */
    SERVER_DISCONNECT(false),
    /** This server ended the session. */
    SERVER_CLOSE(false),
    /** This server is going down; clients come back by themselves. */
    SERVER_SHUTDOWN(true),
    /** The client has come back over another connection. */
    REPLACED(true),
    /** The connection went away. */
    TRANSPORT_CLOSE(true),
    /** A ping was not answered in time. */
    PING_TIMEOUT(true),
    /** The client did not connect to a namespace in time. */
    CONNECT_TIMEOUT(false),
    /** The client sent what the protocol does not allow. */
    PROTOCOL_ERROR(false),
    /** More waited for the client than may; it is to come back for a fresh start. */
    SLOW_CONSUMER(true),
    /** The {@link ConnectionLimiter} closed the session. */
    LIMIT_EXCEEDED(false);

    private final boolean loss;

    DisconnectReason(boolean loss) {
        this.loss = loss;
    }

    /** Whether neither side meant it to end, so that the client may be expected back. */
    public boolean isLoss() {
        return loss;
    }
}
