package dev.watchparty.server.session.redis;

import dev.watchparty.server.session.SessionState;
import java.util.Map;

/**
 * A whole room, as Redis keeps it at one moment.
 *
 * @param version of the room
 * @param playbackVersion the version with which the playback last changed
 * @param entries by socket id
 * @param created the version with which it was created. Another one is of a room that Redis had lost
 */
record RoomCopy(long version, long playbackVersion, SessionState playback, Map<String, Entry> entries, long created) {
    RoomCopy {
        entries = Map.copyOf(entries);
    }
}
