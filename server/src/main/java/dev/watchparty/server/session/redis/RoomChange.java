package dev.watchparty.server.session.redis;

import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionState;
import java.util.List;

/** One change of a room that Redis has accepted. Its version follows the version before, without a gap. */
sealed interface RoomChange {
    RoomId room();

    /** The version of the room before the change; 0 if the room has just been created. */
    long before();

    long version();

    /**
     * The playback was replaced.
     *
     * @param events what the sockets of this node receive
     */
    record PlaybackReplaced(RoomId room, long before, long version, SessionState playback, List<SessionEvent> events)
            implements RoomChange {
        public PlaybackReplaced {
            events = List.copyOf(events);
        }
    }

    /** The entry of a socket was written. */
    record EntryWritten(RoomId room, long before, long version, String socketId, Entry entry) implements RoomChange {}

    /** A socket was removed. */
    record EntryRemoved(RoomId room, long before, long version, String socketId) implements RoomChange {}

    /** The room was created; everything must be read. */
    record Created(RoomId room, long before, long version) implements RoomChange {}
}
