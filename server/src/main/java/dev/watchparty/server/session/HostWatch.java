package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Notices the rooms that have been without a host for too long. For one thread at a time. */
public final class HostWatch {
    private final Duration patience;
    private Map<RoomId, Long> since = Map.of(); // ms since the epoch; holds only rooms of the latest look

    /** @param patience how long a room with people may be without a host */
    public HostWatch(Duration patience) {
        this.patience = requireNonNull(patience, "patience is null");
    }

    /**
     * Looks at all rooms. To be called every few seconds.
     *
     * @param now ms since the epoch
     * @return the rooms in which somebody must become host
     */
    public List<RoomId> due(Stream<RoomState> rooms, long now) {
        Map<RoomId, Long> still = new HashMap<>();
        rooms.filter(SettingsRules::lacksHost)
                .forEach(room -> still.put(room.room(), since.getOrDefault(room.room(), now)));
        since = still;
        return still.entrySet().stream()
                .filter(entry -> now - entry.getValue() >= patience.toMillis())
                .map(Map.Entry::getKey)
                .toList();
    }
}
