package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Bounds on rooms.
 *
 * @param maxRooms rooms at a time, >= 1
 * @param maxUsers participants in a room, >= 1
 * @param idleAfter how long a named room is kept after its last socket has left
 */
public record RoomLimits(int maxRooms, int maxUsers, Duration idleAfter) {
    public RoomLimits {
        checkArgument(maxRooms >= 1, "maxRooms: %s (expected: >= 1)", maxRooms);
        checkArgument(maxUsers >= 1, "maxUsers: %s (expected: >= 1)", maxUsers);
        requireNonNull(idleAfter, "idleAfter is null");
    }
}
