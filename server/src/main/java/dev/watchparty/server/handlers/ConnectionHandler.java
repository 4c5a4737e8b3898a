package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import dev.watchparty.server.broadcast.Connection;
import dev.watchparty.server.broadcast.Connections;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.socketio.ClientIds;
import jakarta.inject.Inject;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each socket to the room that its handshake chose, and takes it out again. */
final class ConnectionHandler implements EventHandler {
    private static final Logger log = LoggerFactory.getLogger(ConnectionHandler.class);

    /** Becomes the {@code connect_error} of the client. */
    private static final AuthTokenResult INVALID_ROOM = new AuthTokenResult(
            false,
            Map.of(
                    "message",
                    "Invalid room (expected: 1 .. 64 characters of A-Z a-z 0-9 _ -)",
                    "data",
                    Map.of("code", "INVALID_ROOM")));

    private final Connections connections;
    private final SessionStore store;

    @Inject
    ConnectionHandler(Connections connections, SessionStore store) {
        this.connections = requireNonNull(connections, "connections is null");
        this.store = requireNonNull(store, "store is null");
    }

    @Override
    public void register(SocketIONamespace namespace) {
        namespace.addAuthTokenListener(
                (token, client) -> Handshake.read(client.getHandshakeData()).isPresent()
                        ? AuthTokenResult.AuthTokenResultSuccess
                        : INVALID_ROOM);
        namespace.addConnectListener(this::connected);
        namespace.addDisconnectListener(this::disconnected);
    }

    private void connected(SocketIOClient client) {
        Handshake handshake = Handshake.read(client.getHandshakeData()).orElseThrow();
        Visitor visitor = new Visitor(ClientIds.publicId(client), handshake.echoes());
        connections.add(new Connection(client, handshake.room(), visitor));
        log.atDebug()
                .addKeyValue("room", handshake.room())
                .addKeyValue("socket", visitor.socketId())
                .log("socket connected");
        store.enter(handshake.room(), visitor).exceptionally(refusal -> {
            Replies.refuseConnection(client, refusal);
            return null;
        });
    }

    private void disconnected(SocketIOClient client) {
        connections.remove(client).ifPresent(connection -> {
            log.atDebug()
                    .addKeyValue("room", connection.room())
                    .addKeyValue("socket", connection.socketId())
                    .log("socket disconnected");
            store.leave(connection.room(), connection.socketId());
        });
    }
}
