package dev.watchparty.server.identity;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.watchparty.server.session.RoomId;

/**
 * The right of a client to come back to a room as the same socket.
 *
 * @param socketId the public id, 20 characters of base64url
 * @param participantId the person, 20 characters of base64url: a socket belongs to the same one all its life
 * @param room the room in which it was
 */
record Ticket(String socketId, String participantId, RoomId room) {
    /** The length of every public id. */
    static final int ID_LENGTH = 20;

    Ticket {
        checkArgument(socketId.length() == ID_LENGTH, "socketId: %s (expected: 20 characters)", socketId);
        checkArgument(
                participantId.length() == ID_LENGTH, "participantId: %s (expected: 20 characters)", participantId);
        requireNonNull(room, "room is null");
    }

    /** The ticket of a socket that is a person of its own. */
    Ticket(String socketId, RoomId room) {
        this(socketId, socketId, room);
    }
}
