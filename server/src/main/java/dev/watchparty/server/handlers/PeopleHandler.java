package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.protocol.InvalidPayloadException;
import dev.watchparty.protocol.PeopleRequest;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.broadcast.Member;
import dev.watchparty.server.session.PresenceStore;
import jakarta.inject.Inject;

/** Answers a client that asks for a part of its room's list of people. */
final class PeopleHandler implements EventHandler {
    private final PresenceStore presence;

    @Inject
    PeopleHandler(PresenceStore presence) {
        this.presence = requireNonNull(presence, "presence is null");
    }

    @Override
    public void register(SocketIONamespace namespace) {
        Requests.on(namespace, SocketEvents.PEOPLE, this::answer);
    }

    private void answer(Member sender, JsonNode payload, AckRequest ack) throws InvalidPayloadException {
        PeopleRequest request = PeopleRequest.read(payload);
        Replies.settle(() -> presence.roster(sender.room()), sender.client(), ack, SocketEvents.PEOPLE, roster -> {
            if (ack.isAckRequested()) {
                ack.sendAckData(People.page(roster, request));
            }
        });
    }
}
