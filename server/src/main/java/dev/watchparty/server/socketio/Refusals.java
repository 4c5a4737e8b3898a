package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.protocol.RequestError;
import dev.watchparty.protocol.SocketEvents;
import java.util.Map;
import org.apiguardian.api.API;

/** Notifies the sender of a request, and nobody else, that it was refused. */
@API(status = API.Status.INTERNAL)
public final class Refusals {
    private Refusals() {}

    /**
     * Sends the error to the request's ack, as {@code {error}}, if the request asked for one, and sends {@code
     * session:error} otherwise.
     */
    public static void refuse(SocketIOClient client, AckRequest ack, RequestError error) {
        if (ack.isAckRequested()) {
            ack.sendAckData(Map.of("error", error));
        } else {
            client.sendEvent(SocketEvents.ERROR, error);
        }
    }
}
