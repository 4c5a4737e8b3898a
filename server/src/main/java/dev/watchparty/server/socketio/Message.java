package dev.watchparty.server.socketio;

import static java.util.Objects.requireNonNull;

/**
 * An event with its payload, in one {@link Dialect}.
 *
 * @param event its name
 * @param payload writable as JSON; must not change
 */
public record Message(String event, Object payload) {
    public Message {
        requireNonNull(event, "event is null");
        requireNonNull(payload, "payload is null");
    }
}
