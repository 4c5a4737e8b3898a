package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.protocol.InvalidPayloadException;
import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.broadcast.Member;
import dev.watchparty.server.session.PresenceStore;
import jakarta.inject.Inject;

/** Takes the reports of clients about their players. */
final class ReportHandler implements EventHandler {
    private final PresenceStore presence;

    @Inject
    ReportHandler(PresenceStore presence) {
        this.presence = requireNonNull(presence, "presence is null");
    }

    @Override
    public void register(SocketIONamespace namespace) {
        Requests.on(namespace, SocketEvents.REPORT, this::report);
    }

    private void report(Member sender, JsonNode payload, AckRequest ack) throws InvalidPayloadException {
        PlayerReport report = PlayerReport.read(payload);
        Replies.settle(
                () -> presence.report(sender.room(), sender.socketId(), report),
                sender.client(),
                ack,
                SocketEvents.REPORT);
    }
}
