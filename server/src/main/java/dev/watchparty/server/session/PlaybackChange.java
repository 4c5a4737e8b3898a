package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.Username;

/**
 * One change of a session's playback, with its number.
 *
 * @param action the kind of the change; not {@link LastAction#INIT}
 * @param seq its number in the room
 * @param at when it was made, ms since the epoch
 * @param socketId the public id of its sender
 * @param username the name of its sender
 */
public record PlaybackChange(LastAction action, long seq, long at, String socketId, Username username) {
    public PlaybackChange {
        requireNonNull(action, "action is null");
        requireNonNull(socketId, "socketId is null");
        requireNonNull(username, "username is null");
        if (action == LastAction.INIT) {
            throw new IllegalArgumentException("action: INIT (expected: a change)");
        }
    }

    /** Whether it is the same change, perhaps under another number. */
    public boolean isSameAs(PlaybackChange other) {
        return withSeq(other.seq).equals(other);
    }

    PlaybackChange withSeq(long next) {
        return new PlaybackChange(action, next, at, socketId, username);
    }
}
