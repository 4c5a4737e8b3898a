package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import dev.watchparty.server.broadcast.Broadcaster;
import dev.watchparty.server.broadcast.Connection;
import dev.watchparty.server.broadcast.Connections;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.recovery.Comebacks;
import dev.watchparty.server.recovery.Departures;
import dev.watchparty.server.recovery.RecoveryConfig;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.socketio.SocketHandle;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each socket to the room that its handshake chose, and takes it out again: at once if it chose to go or was sent
 * away, and after a grace if it was lost.
 */
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
    private final Broadcaster broadcaster;
    private final SessionStore store;
    private final RecoveryConfig recovery;
    private final Comebacks comebacks;
    private final Departures departures;
    private final AtomicLong visits = new AtomicLong();

    @Inject
    ConnectionHandler(
            Connections connections,
            Broadcaster broadcaster,
            SessionStore store,
            RecoveryConfig recovery,
            Comebacks comebacks,
            Departures departures) {
        this.connections = requireNonNull(connections, "connections is null");
        this.broadcaster = requireNonNull(broadcaster, "broadcaster is null");
        this.store = requireNonNull(store, "store is null");
        this.recovery = requireNonNull(recovery, "recovery is null");
        this.comebacks = requireNonNull(comebacks, "comebacks is null");
        this.departures = requireNonNull(departures, "departures is null");
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
        RoomId room = handshake.room();
        String socketId = SocketHandle.of(client).publicId();
        long visit = visits.incrementAndGet();
        Comebacks.Arrival arrival = comebacks.arrived(room, socketId, visit);
        Visitor visitor = new Visitor(socketId, handshake.echoes(), arrival.username(), arrival.absence(), visit);
        connections.add(new Connection(client, room, visitor)).ifPresent(givesWay -> SocketHandle.of(givesWay.client())
                .replace());
        log.atDebug()
                .addKeyValue("room", room)
                .addKeyValue("socket", socketId)
                .addKeyValue("recovered", SocketHandle.of(client).isRecovered())
                .log("socket connected");
        store.enter(room, visitor).whenComplete((entered, refusal) -> {
            if (refusal != null) {
                Replies.refuseConnection(client, refusal);
            } else if (connections.find(socketId).isEmpty()) {
                // Its successor has come and gone meanwhile, and nobody else would take this visit out.
                store.leave(room, visitor);
            }
        });
    }

    private void disconnected(SocketIOClient client) {
        connections.remove(client).ifPresent(connection -> {
            broadcaster.forget(connection);
            DisconnectReason reason = SocketHandle.of(client).disconnectReason();
            log.atDebug()
                    .addKeyValue("room", connection.room())
                    .addKeyValue("socket", connection.socketId())
                    .addKeyValue("reason", reason)
                    .log("socket disconnected");
            if (reason.isLoss() && recovery.enabled()) {
                comebacks.lost(connection.socketId(), connection.visitor().visit());
                departures.await(connection.room(), connection.visitor());
            } else {
                comebacks.gone(connection.socketId(), connection.visitor().visit());
                store.leave(connection.room(), connection.visitor());
            }
        });
    }
}
