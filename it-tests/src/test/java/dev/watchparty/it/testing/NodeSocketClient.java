package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A client of the JavaScript library, socket.io-client, in the shared Node process. */
final class NodeSocketClient extends TestingSocketClient {
    private final NodeBridge bridge = NodeProcess.shared();
    private final String handle = bridge.newId();

    NodeSocketClient(ClientOptions options) {
        super(options.name());
        bridge.listen(handle, this::take);
        bridge.send(Map.of(
                "id", handle,
                "op", "socket.open",
                "url", options.server().toString(),
                "transports", options.transports(),
                "auth", options.auth()));
    }

    private void take(JsonNode message) {
        accept(message.path("event").textValue(), message.path("payload"));
    }

    @Override
    public void emit(String event, Object... arguments) {
        bridge.send(Map.of("id", handle, "op", "socket.emit", "event", event, "arguments", List.of(arguments)));
    }

    @Override
    public void connect() {
        bridge.send(Map.of("id", handle, "op", "socket.connect"));
    }

    @Override
    public void disconnect() {
        bridge.send(Map.of("id", handle, "op", "socket.disconnect"));
    }

    @Override
    public void dropConnection() {
        bridge.send(Map.of("id", handle, "op", "socket.drop"));
    }

    @Override
    public void close() {
        bridge.send(Map.of("id", handle, "op", "socket.close"));
        bridge.forget(handle);
    }
}
