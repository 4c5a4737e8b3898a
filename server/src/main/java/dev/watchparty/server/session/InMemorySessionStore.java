package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.Username;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sessions of one node in its memory. What outlives the process is somebody else's to save; the numbers go on
 * rising all the same.
 */
@Singleton
public final class InMemorySessionStore implements SessionStore {
    private static final Logger log = LoggerFactory.getLogger(InMemorySessionStore.class);

    /** How often idle rooms are looked for. */
    private static final int SWEEP_SECONDS = 10;

    /** How often it is said that there is no room for another room, ms. */
    private static final long COMPLAINT_MILLIS = 60_000;

    private final PlaybackRules rules;
    private final Fixes fixes;
    private final Limits limits;
    private final ServerClock clock;
    private final SavedSessions saved;
    private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();
    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong nextComplaint = new AtomicLong(Long.MIN_VALUE);

    /**
     * Bounds on what is kept.
     *
     * @param maxRooms rooms at a time, >= 1
     * @param maxUsers who have joined, a room, >= 1
     * @param idleAfter how long a named room is kept when the last socket has left
     */
    public record Limits(int maxRooms, int maxUsers, Duration idleAfter) {
        public Limits {
            checkArgument(maxRooms >= 1, "maxRooms: %s (expected: >= 1)", maxRooms);
            checkArgument(maxUsers >= 1, "maxUsers: %s (expected: >= 1)", maxUsers);
            requireNonNull(idleAfter, "idleAfter is null");
        }
    }

    /** A store that drops its idle rooms by itself, as long as the timer runs. */
    @Inject
    public InMemorySessionStore(
            Fixes fixes, Limits limits, ServerClock clock, SavedSessions saved, ScheduledExecutorService timer) {
        this.rules = new PlaybackRules(fixes);
        this.fixes = fixes;
        this.limits = requireNonNull(limits, "limits is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.saved = requireNonNull(saved, "saved is null");
        rooms.put(RoomId.DEFAULT, newRoom(RoomId.DEFAULT));
        timer.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void subscribe(SessionListener listener) {
        listeners.add(requireNonNull(listener, "listener is null"));
    }

    @Override
    public CompletionStage<Void> enter(RoomId room, Visitor visitor) {
        return inRoom(room, open -> open.enter(visitor, clock.millis()));
    }

    @Override
    public CompletionStage<Void> join(RoomId room, String socketId, Username username) {
        return inRoom(room, open -> open.join(socketId, username, clock.millis()));
    }

    @Override
    public CompletionStage<Void> apply(RoomId room, String socketId, PlaybackCommand command) {
        return inRoom(room, open -> open.apply(socketId, command, clock.millis()));
    }

    @Override
    public CompletionStage<Void> leave(RoomId room, Visitor visitor) {
        Room open = rooms.get(room);
        if (open != null) {
            synchronized (open) {
                open.leave(visitor, clock.millis());
                if (open.isBlank() && !room.equals(RoomId.DEFAULT) && open.dropIfIdle(clock.millis(), 0)) {
                    rooms.remove(room, open); // nothing has happened there that could be missed
                }
            }
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> ready() {
        return CompletableFuture.completedStage(null);
    }

    private void sweep() {
        try {
            dropIdleRooms();
        } catch (RuntimeException e) {
            // An executor never calls a task again that has thrown.
            log.error("dropping idle rooms failed", e);
        }
    }

    /** Drops the named rooms that have been empty for long enough. */
    void dropIdleRooms() {
        long now = clock.millis();
        saved.dropExpired(now);
        rooms.forEach((id, room) -> {
            synchronized (room) {
                if (!id.equals(RoomId.DEFAULT)
                        && room.dropIfIdle(now, limits.idleAfter().toMillis())) {
                    rooms.remove(id, room);
                }
            }
        });
    }

    /**
     * All sessions that are worth saving: those in which something has happened or somebody has joined, each as it is at
     * some moment during the call, and those of an earlier run that still wait for their people.
     */
    public Map<RoomId, SavedSessions.Saved> toSave() {
        Map<RoomId, SavedSessions.Saved> sessions = new HashMap<>(saved.rooms());
        rooms.forEach((id, room) -> {
            synchronized (room) {
                if (!room.isBlank()) {
                    sessions.put(id, new SavedSessions.Saved(room.snapshot(), clock.millis()));
                }
            }
        });
        return sessions;
    }

    /** Makes place for a room that somebody wants by forgetting one that nobody is in. */
    private boolean dropAnIdleRoom() {
        for (Map.Entry<RoomId, Room> entry : rooms.entrySet()) {
            Room room = entry.getValue();
            synchronized (room) {
                if (!entry.getKey().equals(RoomId.DEFAULT) && room.dropIfIdle(clock.millis(), 0)) {
                    rooms.remove(entry.getKey(), room);
                    return true;
                }
            }
        }
        return false;
    }

    /** How many rooms are kept. */
    int roomCount() {
        return rooms.size();
    }

    private CompletionStage<Void> inRoom(RoomId id, Consumer<Room> action) {
        try {
            // A room that was dropped between being found and being locked is made anew.
            while (!tryIn(openRoom(id), action)) {
                Thread.onSpinWait();
            }
            return CompletableFuture.completedStage(null);
        } catch (SessionException refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    private static boolean tryIn(Room room, Consumer<Room> action) {
        synchronized (room) {
            if (room.isDropped()) {
                return false;
            }
            action.accept(room);
            return true;
        }
    }

    private Room openRoom(RoomId id) {
        Room known = rooms.get(id);
        if (known != null) {
            return known;
        }
        if (rooms.size() >= limits.maxRooms() && !dropAnIdleRoom()) {
            sayThatItIsFull();
            throw new SessionException(RequestErrorCode.UNAVAILABLE, "the server takes no more rooms");
        }
        return rooms.computeIfAbsent(id, this::newRoom);
    }

    private void sayThatItIsFull() {
        long now = clock.millis();
        long next = nextComplaint.get();
        if (now >= next && nextComplaint.compareAndSet(next, now + COMPLAINT_MILLIS)) {
            log.atWarn()
                    .addKeyValue("rooms", rooms.size())
                    .log("no more rooms are opened, all have people in them (watchparty.rooms.max-rooms)");
        }
    }

    private Room newRoom(RoomId id) {
        long now = clock.millis();
        SessionState initial = SessionState.initial(fixes.firstSeqFromClock() ? now : 0, now);
        return new Room(id, initial, rules, limits.maxUsers(), saved, this::tell);
    }

    private void tell(SessionEvent event) {
        listeners.forEach(event::tell);
    }
}
