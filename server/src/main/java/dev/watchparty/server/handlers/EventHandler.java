package dev.watchparty.server.handlers;

import com.corundumstudio.socketio.SocketIONamespace;

/** Takes one kind of event from clients. */
public interface EventHandler {
    /** Adds the handler's listeners; called once, before the server accepts. */
    void register(SocketIONamespace namespace);
}
