package dev.watchparty.server.handlers;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.protocol.InvalidPayloadException;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.server.broadcast.Member;

/** Listens to the requests of members. A request of a client that is no member any more is ignored. */
final class Requests {
    /** Handles one kind of request. */
    @FunctionalInterface
    interface Handler {
        /**
         * Handles a request.
         *
         * @throws InvalidPayloadException if the payload has another form; the sender is told why
         */
        void handle(Member sender, JsonNode payload, AckRequest ack) throws InvalidPayloadException;
    }

    private Requests() {}

    static void on(SocketIONamespace namespace, String event, Handler handler) {
        namespace.addEventListener(event, JsonNode.class, (client, payload, ack) -> Member.of(client)
                .ifPresent(sender -> {
                    try {
                        handler.handle(sender, payload, ack);
                    } catch (InvalidPayloadException e) {
                        Replies.refuse(client, ack, event, RequestErrorCode.INVALID_PAYLOAD, e.getMessage());
                    }
                }));
    }
}
