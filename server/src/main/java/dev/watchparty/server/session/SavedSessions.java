package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of an earlier run of the server, which come to life when one of their people comes back. Who comes to the room
 * for the first time finds it as new, until then.
 */
public final class SavedSessions {
    private final Map<RoomId, Saved> rooms;
    private final Duration window;

    /**
     * One session.
     *
     * @param snapshot how it was
     * @param savedAt when it was so, ms since the epoch
     */
    public record Saved(Snapshot snapshot, long savedAt) {
        public Saved {
            requireNonNull(snapshot, "snapshot is null");
        }
    }

    /**
     * Holds sessions for a time.
     *
     * @param window after which a session that was saved is worth nothing any more
     */
    public SavedSessions(Map<RoomId, Saved> rooms, Duration window) {
        this.rooms = new ConcurrentHashMap<>(rooms);
        this.window = requireNonNull(window, "window is null");
    }

    /** Nothing was saved. */
    public static SavedSessions none() {
        return new SavedSessions(Map.of(), Duration.ZERO);
    }

    /** All that have not been taken. */
    public Map<RoomId, Saved> rooms() {
        return Map.copyOf(rooms);
    }

    /** The session of a room, once. */
    Optional<Snapshot> take(RoomId room, long now) {
        dropExpired(now);
        return Optional.ofNullable(rooms.remove(room)).map(Saved::snapshot);
    }

    void dropExpired(long now) {
        rooms.values().removeIf(saved -> now - saved.savedAt() >= window.toMillis());
    }
}
