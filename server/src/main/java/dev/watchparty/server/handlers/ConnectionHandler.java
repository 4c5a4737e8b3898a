package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import dev.watchparty.server.broadcast.Broadcaster;
import dev.watchparty.server.broadcast.Member;
import dev.watchparty.server.broadcast.Members;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.recovery.ConnectionRecovery;
import dev.watchparty.server.recovery.LeaveGrace;
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

    private final Members members;
    private final Broadcaster broadcaster;
    private final SessionStore store;
    private final RecoveryConfig recovery;
    private final ConnectionRecovery connectionRecovery;
    private final LeaveGrace leaveGrace;
    private final AtomicLong visits = new AtomicLong();

    @Inject
    ConnectionHandler(
            Members members,
            Broadcaster broadcaster,
            SessionStore store,
            RecoveryConfig recovery,
            ConnectionRecovery connectionRecovery,
            LeaveGrace leaveGrace) {
        this.members = requireNonNull(members, "members is null");
        this.broadcaster = requireNonNull(broadcaster, "broadcaster is null");
        this.store = requireNonNull(store, "store is null");
        this.recovery = requireNonNull(recovery, "recovery is null");
        this.connectionRecovery = requireNonNull(connectionRecovery, "connectionRecovery is null");
        this.leaveGrace = requireNonNull(leaveGrace, "leaveGrace is null");
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
        ConnectionRecovery.Arrival arrival = connectionRecovery.arrived(room, socketId, visit);
        Visitor visitor = new Visitor(socketId, handshake.echoes(), arrival.username(), arrival.absence(), visit);
        members.add(new Member(client, room, visitor))
                .ifPresent(givesWay -> SocketHandle.of(givesWay.client()).replace());
        log.atDebug()
                .addKeyValue("room", room)
                .addKeyValue("socket", socketId)
                .addKeyValue("recovered", SocketHandle.of(client).isRecovered())
                .log("socket connected");
        store.enter(room, visitor).whenComplete((entered, refusal) -> {
            if (refusal != null) {
                Replies.refuseConnection(client, refusal);
            } else if (members.find(socketId).isEmpty()) {
                // Its successor has come and gone meanwhile, and nobody else would take this visit out.
                store.leave(room, visitor);
            }
        });
    }

    private void disconnected(SocketIOClient client) {
        members.remove(client).ifPresent(member -> {
            broadcaster.forget(member);
            DisconnectReason reason = SocketHandle.of(client).disconnectReason();
            log.atDebug()
                    .addKeyValue("room", member.room())
                    .addKeyValue("socket", member.socketId())
                    .addKeyValue("reason", reason)
                    .log("socket disconnected");
            if (reason.isLoss() && recovery.enabled()) {
                connectionRecovery.lost(member.socketId(), member.visitor().visit());
                leaveGrace.await(member.room(), member.visitor());
            } else {
                connectionRecovery.gone(member.socketId(), member.visitor().visit());
                store.leave(member.room(), member.visitor());
            }
        });
    }
}
