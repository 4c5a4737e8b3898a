package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

/**
 * A socket that is about to enter a room.
 *
 * @param socketId its public id
 * @param number distinguishes this connection of the socket from its others, on every node; unique on its node; 0 for a
 *     participant of an earlier run of the server
 * @param echoes whether its player's echoes arrive as commands: true for the original's page, false for a client that
 *     sends only commands that a person gave
 * @param credentials of the person who uses it
 */
public record Arrival(String socketId, long number, boolean echoes, Credentials credentials) {
    public Arrival {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(credentials, "credentials is null");
    }

    /** A socket whose client has proven nothing. */
    public Arrival(String socketId, long number, boolean echoes) {
        this(socketId, number, echoes, Credentials.none(socketId));
    }
}
