package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.protocol.InvalidPayloadException;
import dev.watchparty.protocol.JoinRequest;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.broadcast.Member;
import dev.watchparty.server.identity.Identities;
import dev.watchparty.server.session.PresenceStore;
import jakarta.inject.Inject;
import java.util.function.Function;

/** Lets a socket join under a name, or change its name. */
final class JoinHandler implements EventHandler {
    private final PresenceStore presence;
    private final Identities identities;
    private final Function<String, Username> naming;

    @Inject
    JoinHandler(PresenceStore presence, Identities identities, NamingFix fix) {
        this.identities = requireNonNull(identities, "identities is null");
        this.presence = requireNonNull(presence, "presence is null");
        this.naming = fix.enabled() ? Username::of : Username::ofOriginal;
    }

    @Override
    public void register(SocketIONamespace namespace) {
        Requests.on(namespace, SocketEvents.JOIN, this::join);
    }

    /** From now on the token proves that its owner has been in the room, and not only at its door. */
    private void identify(Member member) {
        if (member.dialect().knowsHosts()) {
            member.client()
                    .sendEvent(
                            SocketEvents.IDENTITY,
                            identities.issue(
                                    member.room(),
                                    member.arrival().credentials().participantId(),
                                    true));
        }
    }

    private void join(Member member, JsonNode payload, AckRequest ack) throws InvalidPayloadException {
        Username username = naming.apply(JoinRequest.read(payload).username());
        Replies.settle(
                () -> presence.join(member.room(), member.socketId(), username).thenAccept(joined -> identify(member)),
                member.client(),
                ack,
                SocketEvents.JOIN);
    }
}
