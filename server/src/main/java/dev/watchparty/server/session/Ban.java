package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A participant that a host has sent away.
 *
 * @param participantId its id, which does not enter the room again
 * @param addressTag of one of its addresses, as in {@link Credentials}
 * @param addressUntil until when nobody new may enter from that address, ms since the epoch
 */
public record Ban(String participantId, Optional<String> addressTag, long addressUntil) {
    public Ban {
        requireNonNull(participantId, "participantId is null");
        requireNonNull(addressTag, "addressTag is null");
    }

    boolean keepsOut(Credentials credentials, long now) {
        return now < addressUntil && addressTag.isPresent() && addressTag.equals(credentials.addressTag());
    }
}
