package dev.watchparty.server.session.memory;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of an earlier run of the server. A session continues when one of its participants comes back. Until then, a
 * client that is new to the room finds it empty.
 */
public final class SavedSessions {
    private final Map<RoomId, Saved> rooms;
    private final Duration window;

    /**
     * One session.
     *
     * @param snapshot its playback and participants
     * @param savedAt the time of the snapshot, ms since the epoch
     */
    public record Saved(Snapshot snapshot, long savedAt) {
        public Saved {
            requireNonNull(snapshot, "snapshot is null");
        }
    }

    /** @param window how long after it was saved a session may continue */
    public SavedSessions(Map<RoomId, Saved> rooms, Duration window) {
        this.rooms = new ConcurrentHashMap<>(rooms);
        this.window = requireNonNull(window, "window is null");
    }

    /** Returns an instance without sessions. */
    public static SavedSessions none() {
        return new SavedSessions(Map.of(), Duration.ZERO);
    }

    /** The sessions that have not continued, and still may. */
    public Map<RoomId, Saved> rooms() {
        return Map.copyOf(rooms);
    }

    /** The session of a room, if the socket was a participant of it and the session may still continue. */
    Optional<Saved> find(RoomId room, String socketId, long now) {
        return Optional.ofNullable(rooms.get(room))
                .filter(saved -> !isExpired(saved, now))
                .filter(saved -> participant(saved, socketId).isPresent());
    }

    /** The sessions whose rooms are owned, and continue whoever comes first. */
    Map<RoomId, Saved> owned() {
        Map<RoomId, Saved> owned = new HashMap<>(rooms);
        owned.values().removeIf(saved -> !saved.snapshot().state().settings().isOwned());
        return owned;
    }

    static Optional<Participant> participant(Saved saved, String socketId) {
        return saved.snapshot().participants().stream()
                .filter(participant -> participant.socketId().equals(socketId))
                .findAny();
    }

    /** Removes a session that continues now. */
    void remove(RoomId room) {
        rooms.remove(room);
    }

    void dropExpired(long now) {
        rooms.values().removeIf(saved -> isExpired(saved, now));
    }

    private boolean isExpired(Saved saved, long now) {
        return now - saved.savedAt() >= window.toMillis();
    }
}
