package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/**
 * A user who had joined has left: the payload of {@link SocketEvents#USER_LEFT}.
 *
 * @param socketId the public id that the user had
 * @param username the name that the user had
 */
public record UserLeft(String socketId, String username) {
    public UserLeft {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(username, "username is null");
    }
}
