package dev.watchparty.server.identity;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.watchparty.server.session.RoomId;

/**
 * The right of a client to come back to a room as the same socket.
 *
 * @param socketId the public id, 20 characters of base64url
 * @param room the room in which it was
 */
record Ticket(String socketId, RoomId room) {
    /** The length of every public id. */
    static final int ID_LENGTH = 20;

    Ticket {
        checkArgument(socketId.length() == ID_LENGTH, "socketId: %s (expected: 20 characters)", socketId);
        requireNonNull(room, "room is null");
    }
}
