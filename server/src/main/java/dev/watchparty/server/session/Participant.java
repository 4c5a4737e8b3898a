package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.User;
import dev.watchparty.protocol.Username;
import java.util.Optional;

/**
 * A user who has joined a session under a name.
 *
 * @param socketId the public id of the socket
 * @param username as it is shown to all
 * @param joinedAt when the socket first joined, ms since the epoch
 * @param participantId as in {@link Credentials}
 */
public record Participant(String socketId, Username username, long joinedAt, String participantId) {
    public Participant {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(username, "username is null");
        requireNonNull(participantId, "participantId is null");
    }

    /** A socket that is a person of its own. */
    public Participant(String socketId, Username username, long joinedAt) {
        this(socketId, username, joinedAt, socketId);
    }

    Participant renamed(Username name) {
        return new Participant(socketId, name, joinedAt, participantId);
    }

    /** The participant as the protocol represents it. */
    public User toUser() {
        return new User(
                socketId, username.value(), joinedAt, Optional.of(participantId).filter(id -> !id.equals(socketId)));
    }
}
