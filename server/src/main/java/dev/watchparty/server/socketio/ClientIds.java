package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;

/** The ids that others may know a client by. */
public final class ClientIds {
    private ClientIds() {}

    /**
     * The id that the client itself knows as {@code socket.id}: 20 characters of base64url. It tells nothing of the
     * session's own id, which is a secret between the server and the client.
     */
    public static String publicId(SocketIOClient client) {
        return NamespaceSocket.of(client).publicId();
    }
}
