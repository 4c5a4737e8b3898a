package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.protocol.InvalidPayloadException;
import dev.watchparty.protocol.PeopleRequest;
import dev.watchparty.protocol.RequestErrorCode;
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
        namespace.addEventListener(SocketEvents.PEOPLE, JsonNode.class, this::answer);
    }

    private void answer(SocketIOClient client, JsonNode payload, AckRequest ack) {
        Member.of(client).ifPresent(member -> {
            try {
                PeopleRequest request = PeopleRequest.read(payload);
                presence.participants(member.room()).thenAccept(participants -> {
                    if (ack.isAckRequested()) {
                        ack.sendAckData(People.page(participants, request));
                    }
                });
            } catch (InvalidPayloadException e) {
                Replies.refuse(client, ack, SocketEvents.PEOPLE, RequestErrorCode.INVALID_PAYLOAD, e.getMessage());
            }
        });
    }
}
