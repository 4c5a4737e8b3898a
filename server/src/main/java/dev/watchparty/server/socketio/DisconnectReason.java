package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;

/** Why a socket left its namespace. */
public enum DisconnectReason {
    /** The client left the namespace: Socket.IO's DISCONNECT packet. */
    CLIENT_DISCONNECT(true),
    /** The client ended the session: Engine.IO's close packet. */
    CLIENT_CLOSE(true),
    /** The page was closed or left: WebSocket close 1001, RFC 6455 section 7.4.1. */
    PAGE_CLOSED(true),
    /** This server put the socket out of the namespace. */
    SERVER_DISCONNECT(false),
    /** This server ended the session. */
    SERVER_CLOSE(false),
    /** This server is going down; clients come back by themselves. */
    SERVER_SHUTDOWN(false),
    /** The client has come back over another connection. */
    REPLACED(false),
    /** The connection went away. */
    TRANSPORT_CLOSE(false),
    /** A ping was not answered in time. */
    PING_TIMEOUT(false),
    /** The client did not connect to a namespace in time. */
    CONNECT_TIMEOUT(false),
    /** The client sent what the protocol does not allow. */
    PROTOCOL_ERROR(false),
    /** More waited for the client than may. */
    SLOW_CONSUMER(false),
    /** The {@link ConnectionLimiter} closed the session. */
    LIMIT_EXCEEDED(false);

    private final boolean deliberate;

    DisconnectReason(boolean deliberate) {
        this.deliberate = deliberate;
    }

    /** Whether the user, or the page for him, chose to go, so that nobody need wait for his return. */
    public boolean isDeliberate() {
        return deliberate;
    }

    /**
     * Why a socket left, for its disconnect listeners.
     *
     * @throws IllegalStateException if it has not left
     */
    public static DisconnectReason of(SocketIOClient client) {
        return NamespaceSocket.of(client).disconnectReason();
    }
}
