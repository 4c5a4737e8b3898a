package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/**
 * Somebody has joined, or has a new name: the payload of {@link SocketEvents#USER_JOINED}.
 *
 * @param user who it is
 */
public record UserJoined(User user) {
    public UserJoined {
        requireNonNull(user, "user is null");
    }
}
