package dev.watchparty.server.session.redis;

import dev.watchparty.server.session.SessionState;
import java.util.Map;

/**
 * A whole room, as Redis keeps it at one moment.
 *
 * @param version of the room
 * @param playbackVersion the version with which the playback last changed
 * @param entries by socket id
 */
record RoomCopy(long version, long playbackVersion, SessionState playback, Map<String, Entry> entries) {
    RoomCopy {
        entries = Map.copyOf(entries);
    }
}
