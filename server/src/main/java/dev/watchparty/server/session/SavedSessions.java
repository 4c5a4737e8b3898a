package dev.watchparty.server.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of an earlier run of the server, which come to life when one of their people comes back. Who comes to the room
 * for the first time finds it as new, until then.
 */
public final class SavedSessions {
    private final Map<RoomId, Snapshot> rooms;
    private final long until;

    /**
     * Holds sessions for a time.
     *
     * @param until when they are worth nothing any more, ms since the epoch
     */
    public SavedSessions(Map<RoomId, Snapshot> rooms, long until) {
        this.rooms = new ConcurrentHashMap<>(rooms);
        this.until = until;
    }

    /** Nothing was saved. */
    public static SavedSessions none() {
        return new SavedSessions(Map.of(), 0);
    }

    /** All that have not been taken. */
    public Map<RoomId, Snapshot> rooms() {
        return Map.copyOf(rooms);
    }

    /** The session of a room, once. */
    Optional<Snapshot> take(RoomId room, long now) {
        dropExpired(now);
        return Optional.ofNullable(rooms.remove(room));
    }

    void dropExpired(long now) {
        if (now >= until) {
            rooms.clear();
        }
    }
}
