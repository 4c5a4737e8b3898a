package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.protocol.RequestError;
import dev.watchparty.protocol.SocketEvents;
import java.util.Map;

/** How a request's sender, and nobody else, is told that it was refused. */
public final class Refusals {
    private Refusals() {}

    /** Tells the request's ack, as {@code {error}}, if it asked for one, and sends {@code session:error} otherwise. */
    public static void refuse(SocketIOClient client, AckRequest ack, RequestError error) {
        if (ack.isAckRequested()) {
            ack.sendAckData(Map.of("error", error));
        } else {
            client.sendEvent(SocketEvents.ERROR, error);
        }
    }
}
