package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Bounds on rooms.
 *
 * @param maxRooms rooms at a time, >= 1
 * @param maxUsers participants in a room, >= 1
 * @param maxListed participants whom a client is told when it comes, and itself, >= 1
 * @param idleAfter how long a room that nobody owns is kept after its last socket has left
 * @param ownedIdleAfter how long a room that somebody has created is kept, from its creation or after its last socket
 *     has left
 * @param hostAbsence how long an owned room with people is without a host before one of them becomes host
 * @param addressBan how long nobody new may enter from the address of a participant that was sent away
 */
public record RoomLimits(
        int maxRooms,
        int maxUsers,
        int maxListed,
        Duration idleAfter,
        Duration ownedIdleAfter,
        Duration hostAbsence,
        Duration addressBan) {
    public RoomLimits {
        checkArgument(maxRooms >= 1, "maxRooms: %s (expected: >= 1)", maxRooms);
        checkArgument(maxUsers >= 1, "maxUsers: %s (expected: >= 1)", maxUsers);
        checkArgument(maxListed >= 1, "maxListed: %s (expected: >= 1)", maxListed);
        requireNonNull(idleAfter, "idleAfter is null");
        requireNonNull(ownedIdleAfter, "ownedIdleAfter is null");
        requireNonNull(hostAbsence, "hostAbsence is null");
        requireNonNull(addressBan, "addressBan is null");
    }

    /** How long an empty room with these settings is kept. */
    public Duration idleAfter(RoomSettings settings) {
        return settings.isOwned() ? ownedIdleAfter : idleAfter;
    }
}
