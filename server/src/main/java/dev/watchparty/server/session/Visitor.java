package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

/**
 * A socket that comes to a room.
 *
 * @param socketId its public id
 * @param echoes whether its player's echoes arrive as commands: true for the original's page, false for a client that
 *     sends nothing but what a person wished
 */
public record Visitor(String socketId, boolean echoes) {
    public Visitor {
        requireNonNull(socketId, "socketId is null");
    }
}
