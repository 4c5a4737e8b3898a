package dev.watchparty.server.session.redis;

import dev.watchparty.server.session.SessionState;
import java.util.Optional;

/** The answer of Redis to a result that a node wants to be accepted. */
sealed interface Verdict {
    /**
     * It was accepted.
     *
     * @param before the version of the room before
     * @param version the version of the room now
     * @param place of the socket in the order of joins; 0 if it has not joined, or if the playback was replaced
     */
    record Accepted(long before, long version, long place) implements Verdict {}

    /** It was accepted earlier: the first reply was lost. */
    record Repeated() implements Verdict {}

    /** It came too late, and nothing has happened: its sender has been told that it failed. */
    record Late() implements Verdict {}

    /** Redis does not have the room. */
    record Missing() implements Verdict {}

    /** Another node was faster: this is the playback now. */
    record PlaybackConflict(long playbackVersion, SessionState playback) implements Verdict {}

    /** Another node was faster: this is the socket's entry now. */
    record EntryConflict(Optional<Entry> entry) implements Verdict {}

    /** The socket was in the room until a short while ago. Decide again, with this in mind. */
    record Remembered(LossDocument loss) implements Verdict {}
}
