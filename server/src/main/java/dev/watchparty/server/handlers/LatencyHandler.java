package dev.watchparty.server.handlers;

import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.protocol.SocketEvents;

/** Answers a client's ping at once, so that the client can measure the round trip. */
final class LatencyHandler implements EventHandler {
    @Override
    public void register(SocketIONamespace namespace) {
        namespace.addEventListener(SocketEvents.PING, JsonNode.class, (client, nothing, ack) -> {
            client.sendEvent(SocketEvents.PONG);
            Replies.confirm(ack);
        });
    }
}
