package dev.watchparty.it.testing;

import dev.watchparty.it.testing.ClientOptions.Parser;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The libraries, transports and encodings that the server must serve equally well. */
public enum ClientKind {
    JAVA_POLLING(true, false, Parser.JSON),
    JAVA_WEBSOCKET(false, true, Parser.JSON),
    JAVA_UPGRADE(true, true, Parser.JSON),
    JS_POLLING(true, false, Parser.JSON),
    JS_WEBSOCKET(false, true, Parser.JSON),
    /** Like the original's page: polling first, then WebSocket. */
    JS_UPGRADE(true, true, Parser.JSON),
    MSGPACK_POLLING(true, false, Parser.MSGPACK),
    MSGPACK_WEBSOCKET(false, true, Parser.MSGPACK),
    MSGPACK_UPGRADE(true, true, Parser.MSGPACK);

    private final boolean polls;
    private final boolean opensWebSocket;
    private final Parser parser;

    ClientKind(boolean polls, boolean opensWebSocket, Parser parser) {
        this.polls = polls;
        this.opensWebSocket = opensWebSocket;
        this.parser = parser;
    }

    /** Opens a client without waiting for anything. */
    TestingSocketClient open(String name, URI server, Map<String, ?> auth) {
        ClientOptions options = new ClientOptions(name, server, transports(), parser, auth);
        return isJava() ? new JavaSocketClient(options) : new NodeSocketClient(options);
    }

    private List<String> transports() {
        if (isUpgrading()) {
            return List.of("polling", "websocket");
        }
        return List.of(polls ? "polling" : "websocket");
    }

    public boolean isJava() {
        return this == JAVA_POLLING || this == JAVA_WEBSOCKET || this == JAVA_UPGRADE;
    }

    /** Whether it never opens a WebSocket. */
    public boolean isPollingOnly() {
        return !opensWebSocket;
    }

    /** Whether it begins with polling and continues on a WebSocket. */
    public boolean isUpgrading() {
        return polls && opensWebSocket;
    }
}
