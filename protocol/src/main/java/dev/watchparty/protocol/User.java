package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * A user who has joined.
 *
 * @param socketId the id that the user's client knows as {@code socket.id}; public
 * @param username as {@link Username} makes it
 * @param joinedAt when the user first joined, ms since the epoch
 * @param participantId the person, if that is another id: several sockets of one person have the same
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record User(String socketId, String username, long joinedAt, Optional<String> participantId) {
    public User {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(username, "username is null");
        requireNonNull(participantId, "participantId is null");
    }
}
