package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.User;
import dev.watchparty.protocol.Username;

/**
 * A user who has joined a session under a name.
 *
 * @param socketId the public id of the socket
 * @param username as it is shown to all
 * @param joinedAt when the socket first joined, ms since the epoch
 */
public record Participant(String socketId, Username username, long joinedAt) {
    public Participant {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(username, "username is null");
    }

    Participant renamed(Username name) {
        return new Participant(socketId, name, joinedAt);
    }

    /** The participant as the protocol represents it. */
    public User toUser() {
        return new User(socketId, username.value(), joinedAt);
    }
}
