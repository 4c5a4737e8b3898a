package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/**
 * A user who has joined.
 *
 * @param socketId the id that the user's client knows as {@code socket.id}; public
 * @param username as {@link Username} makes it
 * @param joinedAt when the user first joined, ms since the epoch
 */
public record User(String socketId, String username, long joinedAt) {
    public User {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(username, "username is null");
    }
}
