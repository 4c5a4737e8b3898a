package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.LastAction;

/**
 * Everything that the rules know of a room. Immutable.
 *
 * @param room its id
 * @param playback what is played, and since when
 * @param roster the sockets that are here
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

    /** Whether nobody has commanded anything here yet. */
    public boolean isUntouched() {
        return playback.lastAction() == LastAction.INIT;
    }

    /** Whether nobody has commanded anything here yet, and nobody has joined. */
    public boolean isBlank() {
        return isUntouched() && roster.participants().isEmpty();
    }

    /** The playback and the participants. */
    public Snapshot snapshot() {
        return new Snapshot(playback, roster.participants());
    }

    RoomState with(SessionState next) {
        return new RoomState(room, next, roster);
    }

    RoomState with(Roster next) {
        return new RoomState(room, playback, next);
    }
}
