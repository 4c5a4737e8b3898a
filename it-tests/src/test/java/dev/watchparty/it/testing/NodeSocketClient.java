package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientOptions.Parser;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A client of the JavaScript library, socket.io-client, in the shared Node process. */
final class NodeSocketClient extends TestingSocketClient {
    private final NodeBridge bridge = NodeProcess.shared();
    private final String handle = bridge.newId();

    NodeSocketClient(ClientOptions options) {
        super(options.name());
        bridge.listen(handle, this::take);
        bridge.send(Map.of(
                "id",
                handle,
                "op",
                "socket.open",
                "url",
                options.server().toString(),
                "transports",
                options.transports(),
                "isMsgpack",
                options.parser() == Parser.MSGPACK,
                "auth",
                options.auth()));
    }

    private NodeSocketClient(NodeSocketClient first, String namespace, Map<String, ?> auth) {
        super(first + namespace);
        bridge.listen(handle, this::take);
        bridge.send(Map.of(
                "id", handle,
                "op", "socket.namespace",
                "of", first.handle,
                "namespace", namespace,
                "auth", auth));
    }

    private void take(JsonNode message) {
        accept(message.path("event").textValue(), TaggedBytes.untag(message.path("arguments")));
    }

    @Override
    public void emit(String event, Object... arguments) {
        bridge.send(Map.of("id", handle, "op", "socket.emit", "event", event, "arguments", tagged(arguments)));
    }

    @Override
    CompletableFuture<Optional<JsonNode>> askLater(Duration timeout, String event, Object... arguments) {
        Map<String, ?> command = Map.of("event", event, "arguments", tagged(arguments), "timeout", timeout.toMillis());
        return bridge.callLater(handle, "socket.ask", command)
                .thenApply(answer -> answer.isNull() ? Optional.empty() : Optional.of(TaggedBytes.untag(answer)));
    }

    private static JsonNode tagged(Object... arguments) {
        return TaggedBytes.tag(Json.array(arguments));
    }

    @Override
    TestingSocketClient openOther(String namespace, Map<String, ?> auth) {
        return new NodeSocketClient(this, namespace, auth);
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
    void closeSocket() {
        bridge.send(Map.of("id", handle, "op", "socket.close"));
        bridge.forget(handle);
    }
}
