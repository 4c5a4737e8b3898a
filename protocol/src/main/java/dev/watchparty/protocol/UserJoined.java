package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/**
 * A user has joined, or has a new name: the payload of {@link SocketEvents#USER_JOINED}.
 *
 * @param user the user who joined or was renamed
 */
public record UserJoined(User user) {
    public UserJoined {
        requireNonNull(user, "user is null");
    }
}
