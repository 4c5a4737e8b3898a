package dev.watchparty.server.session.redis;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.identity.RecoveryConfig;
import dev.watchparty.server.lifecycle.ManagedPart;
import dev.watchparty.server.logging.ThrottledLog;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.HostWatch;
import dev.watchparty.server.session.MembershipRules;
import dev.watchparty.server.session.PresenceStore;
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
import dev.watchparty.server.session.StoreUnavailableException;
import dev.watchparty.server.session.Visitor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sessions of many nodes, and the sockets in them, in Redis. Each node has a {@link Replica} of the rooms of
 * its sockets, on which it decides by the same rules as with the store in memory. Redis accepts a result only if the
 * room still is what the node has decided on.
 */
@Singleton
final class RedisStore implements SessionStore, PresenceStore, ManagedPart, RedisLink.Listener {
    private static final Logger log = LoggerFactory.getLogger(RedisStore.class);

    /** How long a room stays here when its last socket has left, ns. */
    private static final long UNNEEDED_NANOS = Duration.ofSeconds(20).toNanos();

    /** After an outage, rooms are read within this time, ms. */
    private static final int REREAD_SPREAD_MILLIS = 500;

    private static final int RELEASE_SECONDS = 2;
    private static final int SPREAD_ROOMS = 20; // as few are read at once

    private final RedisLink link;
    private final RedisRooms redisRooms;
    private final ServerClock clock;
    private final RoomLimits limits;
    private final Fixes fixes;
    private final RedisSecret secret;
    private final ScheduledExecutorService timer;
    private final SharedRoom.Context context;
    private final HostWatch hosts; // used by its own task alone
    private final NodeLease lease;
    private final AbsentNodes absentNodes;
    private final SocketQueues queues = new SocketQueues();
    private final Map<RoomId, Opening> rooms = new ConcurrentHashMap<>();
    private final Object[] shards = new Object[RedisKeys.SHARDS]; // each guards the subscription of a shard
    private final int[] roomsOfShard = new int[RedisKeys.SHARDS];
    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
    private final ThrottledLog fullServer = new ThrottledLog(count -> log.atWarn()
            .addKeyValue("count", count)
            .log("no more rooms are opened because all have owners or people in them (watchparty.rooms.max-rooms)"));

    /** A room that is being read, or has been. */
    private record Opening(SharedRoom room, CompletableFuture<SharedRoom> read) {
        boolean isRead() {
            return read.isDone() && !read.isCompletedExceptionally();
        }
    }

    @Inject
    RedisStore(
            RedisLink link,
            RedisConfig config,
            NodeId node,
            Fixes fixes,
            RoomLimits limits,
            ServerClock clock,
            RedisClock redisClock,
            RecoveryConfig recovery,
            RedisSecret secret,
            ScheduledExecutorService timer,
            Pace pace) {
        this.link = requireNonNull(link, "link is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.limits = requireNonNull(limits, "limits are null");
        this.fixes = requireNonNull(fixes, "fixes are null");
        this.secret = requireNonNull(secret, "secret is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.redisRooms = new RedisRooms(link, config, clock, redisClock, node.value(), limits, recovery.window());
        this.hosts = new HostWatch(limits.hostAbsence());
        this.context = new SharedRoom.Context(
                new RoomRules(fixes, limits),
                new MembershipRules(limits.maxUsers()),
                clock,
                redisClock,
                node.value(),
                new AtomicLong(),
                new CommandCounts(),
                timer);
        RedisKeys keys = new RedisKeys(config.keyPrefix());
        this.lease = new NodeLease(link, keys.lease(node.value()), timer, pace, this::rereadAll);
        this.absentNodes = new AbsentNodes(
                link,
                keys,
                node.value(),
                clock,
                recovery.enabled() ? recovery.grace() : Duration.ZERO,
                pace.lease(),
                this::openRooms);
        Arrays.setAll(shards, shard -> new Object());
        link.start(this, pace);
        lease.start();
        long sweep = pace.sweep().toMillis();
        timer.scheduleWithFixedDelay(this::sweep, sweep, sweep, TimeUnit.MILLISECONDS);
        long look = pace.renewal().toMillis();
        timer.scheduleWithFixedDelay(absentNodes::look, look, look, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(this::appointHosts, look, look, TimeUnit.MILLISECONDS);
    }

    CommandCounts counts() {
        return context.counts();
    }

    /** A room that has been opened. */
    SharedRoom room(RoomId room) {
        return rooms.get(room).room();
    }

    @Override
    public void subscribe(SessionListener listener) {
        listeners.add(requireNonNull(listener, "listener is null"));
    }

    @Override
    public CompletionStage<Void> ready() {
        if (!link.isReachable()) {
            return CompletableFuture.failedStage(new StoreUnavailableException(RedisLink.UNREACHABLE));
        }
        return lease.ensure();
    }

    @Override
    public CompletionStage<Boolean> create(RoomId room, RoomSettings settings) {
        return redisRooms
                .reserve(room)
                .thenCompose(isReserved -> isReserved ? createReserved(room, settings) : falseIfTaken(room));
    }

    private CompletionStage<Boolean> createReserved(RoomId room, RoomSettings settings) {
        return redisRooms
                .create(room, initial().with(settings), Map.of())
                .thenCompose(copy -> copy.playback().settings().equals(settings)
                        ? redisRooms
                                .keepCounting(List.of(room))
                                .handle((counted, failure) -> true) // the node that opens it counts it again
                        : CompletableFuture.completedStage(false));
    }

    private CompletionStage<Boolean> falseIfTaken(RoomId room) {
        return redisRooms.read(room).thenApply(found -> {
            if (found.isPresent()) {
                return false;
            }
            throw fullServer();
        });
    }

    private SessionException fullServer() {
        fullServer.count();
        return SessionException.tooManyRooms();
    }

    @Override
    public CompletionStage<RoomSettings> settings(RoomId room) {
        Opening known = rooms.get(room);
        if (known != null && known.isRead()) {
            return CompletableFuture.completedStage(
                    known.room().replica().state().playback().settings());
        }
        return redisRooms.read(room).thenApply(copy -> copy.map(
                        found -> found.playback().settings())
                .orElse(RoomSettings.UNOWNED));
    }

    @Override
    public CompletionStage<Boolean> expects(RoomId room, String socketId) {
        Opening known = rooms.get(room);
        if (known != null && known.room().replica().expects(socketId)) {
            return CompletableFuture.completedStage(true);
        }
        return redisRooms.expects(room, socketId);
    }

    @Override
    public CompletionStage<Visitor> enter(RoomId room, Arrival arrival) {
        return queues.inOrder(arrival.socketId(), () -> open(room).thenCompose(opened -> enter(opened, arrival)));
    }

    private CompletionStage<Visitor> enter(SharedRoom room, Arrival arrival) {
        if (!room.hold()) {
            // It was closed after it was found, and is opened again.
            return open(room.id()).thenCompose(opened -> enter(opened, arrival));
        }
        return served(room).thenCompose(served -> room.enter(arrival)).whenComplete((visitor, failure) -> room.letGo());
    }

    /** A node that slept for longer than its lease registers its sockets anew before it serves a command. */
    private CompletionStage<Void> served(SharedRoom room) {
        return lease.isValid() || !link.isReachable(RedisKeys.shard(room.id()))
                ? CompletableFuture.completedStage(null)
                : lease.ensure()
                        .thenCompose(valid -> room.reread())
                        .handle((read, failure) -> null); // without Redis, the call itself fails or is kept
    }

    @Override
    public CompletionStage<Void> join(RoomId room, String socketId, Username username) {
        return inRoom(room, socketId, open -> open.join(socketId, username));
    }

    @Override
    public CompletionStage<Void> apply(RoomId room, String socketId, RoomCommand command) {
        return inRoom(
                room,
                socketId,
                open -> open.replica().state().roster().find(socketId).isPresent()
                        ? open.command(socketId, command)
                        : CompletableFuture.completedStage(null));
    }

    /** Nothing waits for Redis but a join of the socket that is under way. */
    @Override
    public CompletionStage<Void> report(RoomId room, String socketId, PlayerReport report) {
        return queues.inOrder(socketId, () -> {
            Opening open = rooms.get(room);
            if (open != null && open.isRead()) {
                open.room().report(socketId, report);
            }
            return CompletableFuture.completedStage(null);
        });
    }

    /** The rooms of this node's sockets are known here. */
    @Override
    public CompletionStage<Roster> roster(RoomId room) {
        Opening known = rooms.get(room);
        return CompletableFuture.completedStage(
                known == null ? Roster.EMPTY : known.room().replica().state().roster());
    }

    @Override
    public CompletionStage<Void> lose(RoomId room, Visitor visitor) {
        return inRoom(room, visitor.socketId(), open -> open.lose(visitor));
    }

    @Override
    public CompletionStage<Void> leave(RoomId room, Visitor visitor) {
        return inRoom(room, visitor.socketId(), open -> open.leave(visitor));
    }

    private interface RoomCall {
        CompletionStage<Void> ask(SharedRoom room);
    }

    private CompletionStage<Void> inRoom(RoomId id, String socketId, RoomCall call) {
        return queues.inOrder(socketId, () -> {
            Opening open = rooms.get(id);
            return open == null || !open.read().isDone()
                    ? CompletableFuture.completedStage(null)
                    : served(open.room()).thenCompose(served -> call.ask(open.room()));
        });
    }

    /** The rooms that have been read. */
    private List<SharedRoom> openRooms() {
        List<SharedRoom> open = new ArrayList<>();
        rooms.values().forEach(opening -> {
            if (opening.isRead()) {
                open.add(opening.room());
            }
        });
        return open;
    }

    private List<RoomId> ownedRooms() {
        return openRooms().stream()
                .filter(room -> room.replica().state().playback().settings().isOwned())
                .map(SharedRoom::id)
                .toList();
    }

    private CompletionStage<SharedRoom> open(RoomId id) {
        Opening open = rooms.get(id);
        if (open != null) {
            return open.read();
        }
        // INVARIANT: no thread holds the lock of one shard while it waits for that of another.
        if (rooms.size() >= limits.maxRooms() && !dropUnneeded(0)) {
            return CompletableFuture.failedStage(fullServer());
        }
        int shard = RedisKeys.shard(id);
        Opening opening;
        synchronized (shards[shard]) {
            Opening known = rooms.get(id);
            if (known != null) {
                return known.read();
            }
            Replica replica = new Replica(RoomState.initial(id, initial()), this::tell);
            opening = new Opening(new SharedRoom(replica, redisRooms, context), new CompletableFuture<>());
            rooms.put(id, opening);
            roomsOfShard[shard]++;
        }
        // Messages are received before the room is read, so that none is missed between the two.
        within(link.subscribe(shard))
                .thenCompose(subscribed -> opening.room().reread())
                .whenComplete((read, failure) -> {
                    if (failure == null) {
                        opening.read().complete(opening.room());
                        absentNodes.lookAt(opening.room());
                    } else {
                        close(opening);
                        opening.read().completeExceptionally(new StoreUnavailableException(RedisLink.UNREACHABLE));
                    }
                });
        return opening.read();
    }

    private SessionState initial() {
        long now = clock.millis();
        return SessionState.initial(fixes.firstSeqFromClock() ? now : 0, now);
    }

    private static <T> CompletionStage<T> within(CompletionStage<T> stage) {
        return stage.thenApply(done -> done).toCompletableFuture().orTimeout(2, TimeUnit.SECONDS);
    }

    private void close(Opening opening) {
        RoomId id = opening.room().id();
        int shard = RedisKeys.shard(id);
        synchronized (shards[shard]) {
            if (rooms.remove(id, opening) && --roomsOfShard[shard] == 0) {
                link.unsubscribe(shard);
            }
        }
    }

    private boolean dropUnneeded(long graceNanos) {
        long now = System.nanoTime();
        boolean dropped = false;
        for (Opening opening : rooms.values()) {
            dropped |= opening.read().isDone() && dropIfUnneeded(opening, now, graceNanos);
        }
        return dropped;
    }

    private boolean dropIfUnneeded(Opening opening, long now, long graceNanos) {
        synchronized (shards[opening.room().shard()]) {
            boolean unneeded = opening.room().closeIfUnneeded(now, graceNanos);
            if (unneeded) {
                close(opening);
            }
            return unneeded;
        }
    }

    @Override
    public void received(byte[] message) {
        try {
            RoomMessage read = RoomMessage.read(message);
            Opening opening = rooms.get(read.room());
            if (opening == null) {
                return;
            }
            if (read.isAboutReports()) {
                opening.room().receiveReports(read);
            } else if (!opening.room().replica().knows(read.version())) {
                opening.room().receive(read.toChange());
            }
        } catch (RuntimeException e) {
            log.error("a message of Redis could not be applied", e);
        }
    }

    @Override
    public void missed(IntPredicate shards) {
        secret.putBack();
        for (SharedRoom room : openRooms()) {
            if (shards.test(room.shard())) {
                rereadSoon(room);
            }
        }
    }

    private void rereadAll() {
        openRooms().forEach(this::rereadSoon);
    }

    private void rereadSoon(SharedRoom room) {
        int delay =
                rooms.size() <= SPREAD_ROOMS ? 0 : ThreadLocalRandom.current().nextInt(REREAD_SPREAD_MILLIS);
        if (!timer.isShutdown()) {
            timer.schedule(room::reread, delay, TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        try {
            secret.putBack();
            dropUnneeded(UNNEEDED_NANOS);
            Map<Integer, List<SharedRoom>> byShard = new HashMap<>();
            for (SharedRoom room : openRooms()) {
                byShard.computeIfAbsent(RedisKeys.shard(room.id()), shard -> new ArrayList<>())
                        .add(room);
            }
            byShard.forEach(this::compareVersions);
            redisRooms.keepCounting(ownedRooms());
        } catch (RuntimeException e) {
            // An executor never calls a task again after it has thrown.
            log.error("comparing the rooms with Redis failed", e);
        }
    }

    /** Lets somebody become host in the rooms whose hosts have been away for too long. */
    private void appointHosts() {
        try {
            List<RoomState> states =
                    openRooms().stream().map(room -> room.replica().state()).toList();
            hosts.due(states.stream(), clock.millis()).forEach(id -> Optional.ofNullable(rooms.get(id))
                    .ifPresent(opening -> opening.room().succeed()));
        } catch (RuntimeException e) {
            log.error("appointing hosts failed", e);
        }
    }

    private void compareVersions(int shard, List<SharedRoom> of) {
        List<Long> known = of.stream().map(room -> room.replica().version()).toList();
        redisRooms
                .versions(shard, of.stream().map(room -> room.replica().state()).toList())
                .whenComplete((found, failure) -> {
                    for (int i = 0; failure == null && i < of.size(); i++) {
                        boolean isSame = found.get(i).equals(known.get(i));
                        boolean hasMoved = of.get(i).replica().version() != known.get(i);
                        boolean isGone =
                                found.get(i) == 0 && !of.get(i).replica().isNeeded();
                        if ((!isSame && !hasMoved && !isGone)
                                || of.get(i).replica().hasUnwritten()) {
                            of.get(i).reread();
                        }
                    }
                });
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

    @Override
    public void start() {
        // The store works from its creation on, because the first client may be there before the last part has started.
    }

    @Override
    public void close() {
        // It is needed until the last client has been disconnected.
    }

    /** Lets the calls end that the last clients have caused, and the other nodes know that this one is gone. */
    @Override
    public void release() {
        try {
            queues.whenIdle()
                    .thenCompose(idle -> lease.end())
                    .toCompletableFuture()
                    .get(RELEASE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.atInfo().addKeyValue("reason", e).log("Redis was not told that this node ends");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
