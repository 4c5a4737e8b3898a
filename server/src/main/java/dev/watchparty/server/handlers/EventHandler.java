package dev.watchparty.server.handlers;

import com.corundumstudio.socketio.SocketIONamespace;
import org.apiguardian.api.API;

/** Handles one kind of event from clients. */
@API(status = API.Status.INTERNAL)
public interface EventHandler {
    /** Adds the handler's listeners; called once, before the server accepts connections. */
    void register(SocketIONamespace namespace);
}
