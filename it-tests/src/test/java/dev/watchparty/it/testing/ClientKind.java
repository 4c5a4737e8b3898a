package dev.watchparty.it.testing;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** The libraries and transports that the server must serve alike. */
public enum ClientKind {
    JAVA_POLLING,
    JAVA_WEBSOCKET,
    JS_POLLING,
    JS_WEBSOCKET,
    /** As the original's page: polling first, then WebSocket. */
    JS_UPGRADE;

    /** Opens a client, and waits for nothing. */
    TestingSocketClient open(String name, URI server, Map<String, ?> auth) {
        ClientOptions options = new ClientOptions(name, server, transports(), auth);
        return switch (this) {
            case JAVA_POLLING, JAVA_WEBSOCKET -> new JavaSocketClient(options);
            case JS_POLLING, JS_WEBSOCKET, JS_UPGRADE -> new NodeSocketClient(options);
        };
    }

    private List<String> transports() {
        return switch (this) {
            case JAVA_POLLING, JS_POLLING -> List.of("polling");
            case JAVA_WEBSOCKET, JS_WEBSOCKET -> List.of("websocket");
            case JS_UPGRADE -> List.of("polling", "websocket");
        };
    }
}
