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
        return NamespaceSocket.of(client).identity().publicId();
    }

    /** Whether the client has come back, and got the id that it had. */
    public static boolean isRecovered(SocketIOClient client) {
        return NamespaceSocket.of(client).identity().isRecovered();
    }

    /** Ends what is left of the client's connection, when it has come back over another one. */
    public static void replace(SocketIOClient client) {
        NamespaceSocket.of(client).session().close(DisconnectReason.REPLACED);
    }
}
