package dev.watchparty.server.session.memory;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Absence;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.HostWatch;
import dev.watchparty.server.session.MembershipRules;
import dev.watchparty.server.session.Outcome;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.Presence;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomCommand;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.RoomRules;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.RoomState;
import dev.watchparty.server.session.Roster;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.memory.SavedSessions.Saved;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Keeps the sessions of one node, and the sockets in them, in its memory. A {@link SessionSaver} may save them over a
 * restart. The numbers of a room rise in any case.
 */
@Singleton
public final class MemoryStore implements SessionStore, PresenceStore {
    private static final Logger log = LoggerFactory.getLogger(MemoryStore.class);

    /** How often idle rooms are dropped. */
    private static final int SWEEP_SECONDS = 10;

    /** How often the log says that no more rooms are opened, ms. */
    private static final long COMPLAINT_MILLIS = 60_000;

    private final RoomRules rules;
    private final MembershipRules membership;
    private final Fixes fixes;
    private final RoomLimits limits;
    private final ServerClock clock;
    private final SavedSessions saved;
    private final RememberedSockets remembered;
    private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();
    private final HostWatch hosts; // used by the sweep alone
    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong visits = new AtomicLong();
    private final Object opening = new Object(); // taken before the monitor of a room, never after it
    private final AtomicLong nextComplaint = new AtomicLong(Long.MIN_VALUE);

    /**
     * A socket that the store expects.
     *
     * @param username empty if it never joined
     * @param absence empty if the server has not noticed the loss of its connection
     * @param session the session of an earlier run in which it was
     */
    private record Expected(Optional<Username> username, Optional<Absence> absence, Optional<Saved> session) {
        private static final Expected NOT = new Expected(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Creates a store that drops its idle rooms by itself, as long as the timer runs. */
    @Inject
    public MemoryStore(
            Fixes fixes,
            RoomLimits limits,
            RecoveryWindow window,
            ServerClock clock,
            SavedSessions saved,
            ScheduledExecutorService timer) {
        this.rules = new RoomRules(fixes, limits);
        this.membership = new MembershipRules(limits.maxUsers());
        this.fixes = fixes;
        this.limits = limits;
        this.clock = requireNonNull(clock, "clock is null");
        this.saved = requireNonNull(saved, "saved is null");
        this.remembered = new RememberedSockets(window, clock);
        this.hosts = new HostWatch(limits.hostAbsence());
        rooms.put(RoomId.DEFAULT, newRoom(RoomId.DEFAULT));
        saved.owned().forEach((id, session) -> rooms.put(id, restored(id, session)));
        timer.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void subscribe(SessionListener listener) {
        listeners.add(requireNonNull(listener, "listener is null"));
    }

    @Override
    public CompletionStage<Boolean> expects(RoomId room, String socketId) {
        Room open = rooms.get(room);
        boolean isHere = open != null && open.state().roster().find(socketId).isPresent();
        return CompletableFuture.completedStage(isHere
                || remembered.find(room, socketId).isPresent()
                || saved.find(room, socketId, clock.millis()).isPresent());
    }

    @Override
    public CompletionStage<Visitor> enter(RoomId room, Arrival arrival) {
        try {
            while (true) {
                Room open = openRoom(room);
                synchronized (open) {
                    if (!open.isDropped()) {
                        return CompletableFuture.completedStage(enter(open, arrival, clock.millis()));
                    }
                }
                Thread.onSpinWait(); // the room was dropped after it was found, and is created again
            }
        } catch (SessionException refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    private Visitor enter(Room room, Arrival arrival, long now) {
        String socketId = arrival.socketId();
        Expected expected = expected(room.state(), socketId, now);
        Visitor visitor = new Visitor(arrival, expected.username(), expected.absence(), visits.incrementAndGet());
        expected.session()
                .filter(session ->
                        room.state().isUntouched() || room.state().playback().equals(playbackOf(session)))
                .ifPresent(session -> revive(room, session, socketId, now));
        room.change(state -> membership.enter(state, visitor, now), now);
        remembered.forget(socketId);
        return visitor;
    }

    private static SessionState playbackOf(Saved session) {
        return session.snapshot().state();
    }

    private void revive(Room room, Saved session, String socketId, long now) {
        saved.remove(room.state().room());
        room.change(state -> membership.revive(state, session.snapshot(), session.savedAt(), socketId), now);
    }

    private Expected expected(RoomState state, String socketId, long now) {
        Optional<Presence> present = state.roster().find(socketId);
        if (present.isPresent()) {
            return new Expected(
                    present.flatMap(Presence::participant).map(Participant::username),
                    present.filter(presence -> presence.lostAt().isPresent())
                            .map(presence -> absence(presence.lostAt().getAsLong(), now)),
                    Optional.empty());
        }
        Optional<Expected> lost = remembered
                .find(state.room(), socketId)
                .map(socket ->
                        new Expected(socket.username(), Optional.of(absence(socket.lostAt(), now)), Optional.empty()));
        return lost.orElseGet(() -> saved.find(state.room(), socketId, now)
                .map(session -> new Expected(
                        SavedSessions.participant(session, socketId).map(Participant::username),
                        Optional.of(absence(session.savedAt(), now)),
                        Optional.of(session)))
                .orElse(Expected.NOT));
    }

    private static Absence absence(long lostAt, long now) {
        return new Absence(lostAt, Math.max(lostAt, now));
    }

    @Override
    public CompletionStage<Void> join(RoomId room, String socketId, Username username) {
        return changed(room, (state, now) -> membership.join(state, socketId, username, now));
    }

    @Override
    public CompletionStage<Boolean> create(RoomId room, RoomSettings settings) {
        long now = clock.millis();
        RoomState created = initial(room, now);
        synchronized (opening) {
            if (rooms.containsKey(room)) {
                return CompletableFuture.completedStage(false);
            }
            if (isFull()) {
                return CompletableFuture.failedStage(fullServer());
            }
            rooms.put(room, new Room(created.with(created.playback().with(settings)), now, this::tell));
            return CompletableFuture.completedStage(true);
        }
    }

    @Override
    public CompletionStage<RoomSettings> settings(RoomId room) {
        Room open = rooms.get(room);
        return CompletableFuture.completedStage(
                open == null ? RoomSettings.UNOWNED : open.state().playback().settings());
    }

    @Override
    public CompletionStage<Void> apply(RoomId room, String socketId, RoomCommand command) {
        return changed(room, (state, now) -> rules.apply(state, socketId, command, now));
    }

    @Override
    public CompletionStage<Void> report(RoomId room, String socketId, PlayerReport report) {
        return changed(room, (state, now) -> membership.report(state, socketId, report));
    }

    @Override
    public CompletionStage<Roster> roster(RoomId room) {
        Room open = rooms.get(room);
        return CompletableFuture.completedStage(
                open == null ? Roster.EMPTY : open.state().roster());
    }

    @Override
    public CompletionStage<Void> lose(RoomId room, Visitor visitor) {
        return changed(room, (state, now) -> membership.lose(state, visitor, now));
    }

    @Override
    public CompletionStage<Void> leave(RoomId room, Visitor visitor) {
        return inRoom(room, open -> leave(open, visitor));
    }

    private void leave(Room room, Visitor visitor) {
        long now = clock.millis();
        RoomState before = room.state();
        Outcome outcome = room.change(state -> membership.leave(state, visitor), now);
        if (outcome.events().isEmpty()) {
            return; // the visit was not the latest
        }
        RoomId id = before.room();
        before.roster().find(visitor.socketId()).ifPresent(gone -> remembered.remember(id, gone));
        if (room.state().isBlank()) {
            dropIfIdle(id, room, now, 0); // nobody can miss a room in which nothing has happened
        }
    }

    @Override
    public CompletionStage<Void> ready() {
        return CompletableFuture.completedStage(null);
    }

    private void sweep() {
        try {
            dropIdleRooms();
            appointHosts();
        } catch (RuntimeException e) {
            // An executor never calls a task again after it has thrown.
            log.error("looking after the rooms failed", e);
        }
    }

    /** Lets somebody become host in the rooms whose hosts have been away for too long. */
    void appointHosts() {
        hosts.due(rooms.values().stream().map(Room::state), clock.millis()).forEach(id -> changed(id, rules::succeed));
    }

    /** Drops the named rooms that have been empty for long enough. */
    void dropIdleRooms() {
        long now = clock.millis();
        saved.dropExpired(now);
        rooms.forEach((id, room) -> dropIfIdle(
                id,
                room,
                now,
                limits.idleAfter(room.state().playback().settings()).toMillis()));
    }

    /** Drops a named room that has been empty for long enough; false if it stays. */
    private boolean dropIfIdle(RoomId id, Room room, long now, long idleAfterMillis) {
        synchronized (room) {
            boolean dropped = !id.equals(RoomId.DEFAULT) && room.dropIfIdle(now, idleAfterMillis);
            if (dropped) {
                rooms.remove(id, room);
            }
            return dropped;
        }
    }

    /**
     * The sessions that are worth saving: those in which something has happened or a socket has joined, each as it is
     * at some moment during the call, and those of an earlier run that still wait for their participants.
     */
    public Map<RoomId, Saved> toSave() {
        Map<RoomId, Saved> sessions = new HashMap<>(saved.rooms());
        rooms.forEach((id, room) -> {
            long now = clock.millis();
            RoomState state = room.state();
            if (!state.isBlank()) {
                sessions.put(id, new Saved(state.snapshot(), now));
            }
        });
        return sessions;
    }

    /** Drops an empty room that nobody owns in favour of a room that a client asks for. */
    private boolean dropAnIdleRoom() {
        long now = clock.millis();
        return rooms.entrySet().stream()
                .filter(entry -> !entry.getValue().state().playback().settings().isOwned())
                .anyMatch(entry -> dropIfIdle(entry.getKey(), entry.getValue(), now, 0));
    }

    /** The number of rooms. */
    int roomCount() {
        return rooms.size();
    }

    /** The number of remembered sockets, which have left after a loss. */
    long rememberedCount() {
        return remembered.size();
    }

    private interface TimedRule {
        Outcome apply(RoomState state, long now);
    }

    private CompletionStage<Void> changed(RoomId id, TimedRule rule) {
        return inRoom(id, room -> {
            long now = clock.millis();
            Outcome outcome = room.change(state -> rule.apply(state, now), now);
            outcome.refusal().ifPresent(refusal -> {
                throw refusal;
            });
        });
    }

    /** Works on a room with its monitor held, if it exists. A room exists as long as a socket is in it. */
    private CompletionStage<Void> inRoom(RoomId id, Consumer<Room> work) {
        Room room = rooms.get(id);
        if (room == null) {
            return CompletableFuture.completedStage(null);
        }
        synchronized (room) {
            try {
                work.accept(room);
                return CompletableFuture.completedStage(null);
            } catch (SessionException refused) {
                return CompletableFuture.failedStage(refused);
            }
        }
    }

    private Room openRoom(RoomId id) {
        Room known = rooms.get(id);
        if (known != null) {
            return known;
        }
        synchronized (opening) {
            if (!rooms.containsKey(id) && isFull()) {
                throw fullServer();
            }
            return rooms.computeIfAbsent(id, this::newRoom);
        }
    }

    /** Whether there can be no more rooms; drops an empty one first if need be. */
    private boolean isFull() {
        return rooms.size() >= limits.maxRooms() && !dropAnIdleRoom();
    }

    private SessionException fullServer() {
        complainOfFullServer();
        return SessionException.tooManyRooms();
    }

    private void complainOfFullServer() {
        long now = clock.millis();
        long next = nextComplaint.get();
        if (now >= next && nextComplaint.compareAndSet(next, now + COMPLAINT_MILLIS)) {
            log.atWarn()
                    .addKeyValue("rooms", rooms.size())
                    .log(
                            "no more rooms are opened because all have owners or people in them (watchparty.rooms.max-rooms)");
        }
    }

    private Room newRoom(RoomId id) {
        long now = clock.millis();
        return new Room(initial(id, now), now, this::tell);
    }

    private RoomState initial(RoomId id, long now) {
        return RoomState.initial(id, SessionState.initial(fixes.firstSeqFromClock() ? now : 0, now));
    }

    private Room restored(RoomId id, Saved session) {
        return new Room(RoomState.initial(id, playbackOf(session)), session.savedAt(), this::tell);
    }

    /** A listener that fails must not keep the others, and the caller of the store, from what has happened. */
    private void tell(SessionEvent event) {
        for (SessionListener listener : listeners) {
            try {
                event.tell(listener);
            } catch (RuntimeException e) {
                log.error("a listener of the sessions failed", e);
            }
        }
    }
}
