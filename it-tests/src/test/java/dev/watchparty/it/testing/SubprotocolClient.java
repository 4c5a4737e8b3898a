package dev.watchparty.it.testing;

import java.util.List;
import java.util.Map;

/** A client of the JavaScript library that offers subprotocols with its WebSocket. */
public final class SubprotocolClient {
    private SubprotocolClient() {}

    /** Connects, waits for the WebSocket, and returns the subprotocol that was chosen; empty for none. */
    public static String agree(RunningServer server, List<String> transports, List<String> protocols) {
        NodeBridge bridge = NodeProcess.shared();
        return bridge.call(
                        bridge.newId(),
                        "subprotocol.agree",
                        Map.of("url", server.uri().toString(), "transports", transports, "protocols", protocols),
                        Inbox.PATIENCE.toSeconds())
                .textValue();
    }
}
