package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The facts that a client has proven about the person who uses it.
 *
 * @param participantId the person's public id in the room: several sockets of one person have the same
 * @param hereAt when the person was last let in, as its token says, ms since the epoch; empty if it has no token
 * @param addressTag stands for the client's network address, in one room only; empty if it is not known
 * @param passwordHash the {@link RoomPassword#hash} of the password that the client knows; empty if it has sent none, and
 *     an empty text if it has sent a wrong one
 */
public record Credentials(
        String participantId, OptionalLong hereAt, Optional<String> addressTag, Optional<String> passwordHash) {
    public Credentials {
        requireNonNull(participantId, "participantId is null");
        requireNonNull(hereAt, "hereAt is null");
        requireNonNull(addressTag, "addressTag is null");
        requireNonNull(passwordHash, "passwordHash is null");
    }

    /** Those of a person without a token. */
    public Credentials(String participantId, Optional<String> addressTag, Optional<String> passwordHash) {
        this(participantId, OptionalLong.empty(), addressTag, passwordHash);
    }

    /** Those of a client that has proven nothing: each of its sockets is a person of its own. */
    public static Credentials none(String socketId) {
        return new Credentials(socketId, Optional.empty(), Optional.empty());
    }
}
