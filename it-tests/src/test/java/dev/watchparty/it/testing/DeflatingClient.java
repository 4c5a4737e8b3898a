package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A WebSocket client of the library ws, which offers permessage-deflate and inflates. */
public final class DeflatingClient {

    private DeflatingClient() {}

    /**
     * Opens a connection, sends the messages, and waits for the given number of answers.
     *
     * @return {@code extensions}: the negotiated extensions; {@code received}: the messages; {@code rawBytes}: how many
     *     bytes they took on the wire
     */
    public static JsonNode exchange(RunningServer server, List<String> messages, int answers) {
        NodeBridge bridge = NodeProcess.shared();
        String url = "ws://127.0.0.1:%d/socket.io/?EIO=4&transport=websocket".formatted(server.port());
        return bridge.call(
                bridge.newId(),
                "deflating.exchange",
                Map.of("url", url, "messages", messages, "answers", answers),
                Inbox.PATIENCE.toSeconds());
    }
}
