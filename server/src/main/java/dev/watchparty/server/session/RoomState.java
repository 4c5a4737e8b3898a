package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

/**
 * Everything that the rules know about a room. Immutable.
 *
 * @param room its id
 * @param playback the video, its position, and the time of the last change
 * @param roster the sockets in the room
 */
public record RoomState(RoomId room, SessionState playback, Roster roster) {
    public RoomState {
        requireNonNull(room, "room is null");
        requireNonNull(playback, "playback is null");
        requireNonNull(roster, "roster is null");
    }

    /** A room in which nothing has happened yet. */
    public static RoomState initial(RoomId room, SessionState playback) {
        return new RoomState(room, playback, Roster.EMPTY);
    }

    /** Whether the room has not had any command yet, and nobody owns it. */
    public boolean isUntouched() {
        return playback.isUntouched();
    }

    /** Whether the room is untouched and has no participant. */
    public boolean isBlank() {
        return isUntouched() && roster.participants().isEmpty();
    }

    /** The playback and the participants. */
    public Snapshot snapshot() {
        return new Snapshot(playback, roster.participants(), roster.peopleCount(), roster.reports());
    }

    /** The same room with another playback. */
    public RoomState with(SessionState next) {
        return new RoomState(room, next, roster);
    }

    /** The same room with other sockets. */
    public RoomState with(Roster next) {
        return new RoomState(room, playback, next);
    }
}
