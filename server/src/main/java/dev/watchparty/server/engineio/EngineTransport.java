package dev.watchparty.server.engineio;

import com.corundumstudio.socketio.Transport;

/** The way in which a session's messages reach its client. Used on the session's event loop, except where noted. */
sealed interface EngineTransport permits PollingTransport, WebSocketTransport {
    Transport name();

    /** Whether a message could leave now instead of waiting. Any thread may ask. */
    boolean isReady();

    /** Sends the waiting messages, as far as the client takes them. */
    void flush(Outbox outbox);

    /** Tells the client that the session has ended. */
    void close(DisconnectReason reason);
}
