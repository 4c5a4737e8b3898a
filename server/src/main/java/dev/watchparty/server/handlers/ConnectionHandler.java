package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import dev.watchparty.server.broadcast.Broadcaster;
import dev.watchparty.server.broadcast.Member;
import dev.watchparty.server.broadcast.Members;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.identity.LeaveGrace;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.socketio.SocketHandle;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets each admitted socket enter its room, and removes it again: at once if it chose to leave or was disconnected by
 * the server, after a grace if its connection was lost, and after a short one if its page was closed but may come back
 * as the same participant, as after a reload.
 */
final class ConnectionHandler implements EventHandler {
    private static final Logger log = LoggerFactory.getLogger(ConnectionHandler.class);

    private final Members members;
    private final Broadcaster broadcaster;
    private final PresenceStore presence;
    private final LeaveGrace leaveGrace;

    @Inject
    ConnectionHandler(Members members, Broadcaster broadcaster, PresenceStore presence, LeaveGrace leaveGrace) {
        this.members = requireNonNull(members, "members is null");
        this.broadcaster = requireNonNull(broadcaster, "broadcaster is null");
        this.presence = requireNonNull(presence, "presence is null");
        this.leaveGrace = requireNonNull(leaveGrace, "leaveGrace is null");
    }

    @Override
    public void register(SocketIONamespace namespace) {
        namespace.addConnectListener(this::connected);
        namespace.addDisconnectListener(this::disconnected);
    }

    private void connected(SocketIOClient client) {
        Member member = SocketHandle.of(client).attachment(Member.class);
        members.add(member);
        log.atDebug()
                .addKeyValue("room", member.room())
                .addKeyValue("socket", member.socketId())
                .addKeyValue("recovered", SocketHandle.of(client).isRecovered())
                .log("socket connected");
        Replies.ask(() -> presence.enter(member.room(), member.arrival())).whenComplete((visitor, refusal) -> {
            member.entered(visitor, refusal);
            if (refusal != null) {
                Replies.refuseConnection(
                        client,
                        PasswordGuesses.reasonOf(refusal, member.arrival().credentials()));
            }
        });
    }

    private void disconnected(SocketIOClient client) {
        Member member = SocketHandle.of(client).attachment(Member.class);
        DisconnectReason reason = SocketHandle.of(client).disconnectReason();
        members.remove(member);
        broadcaster.forget(member);
        log.atDebug()
                .addKeyValue("room", member.room())
                .addKeyValue("socket", member.socketId())
                .addKeyValue("reason", reason)
                .log("socket disconnected");
        // If the store has not answered the request for the visit yet, the visit ends when it has.
        member.visitor().thenAccept(visitor -> leave(member, visitor, reason));
    }

    private void leave(Member member, Visitor visitor, DisconnectReason reason) {
        if (reason.isLoss()) {
            leaveGrace.lost(member.room(), visitor);
        } else if (reason == DisconnectReason.PAGE_CLOSED && member.dialect().knowsHosts()) {
            leaveGrace.closed(member.room(), visitor);
        } else {
            leaveGrace.gone(member.room(), visitor);
        }
    }
}
