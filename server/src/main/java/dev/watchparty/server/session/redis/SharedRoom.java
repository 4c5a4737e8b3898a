package dev.watchparty.server.session.redis;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Absence;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.MembershipRules;
import dev.watchparty.server.session.Outcome;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.Presence;
import dev.watchparty.server.session.RoomCommand;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomRules;
import dev.watchparty.server.session.RoomState;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.StoreUnavailableException;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.redis.RedisRooms.EntryRequest;
import dev.watchparty.server.session.redis.RoomChange.EntryRemoved;
import dev.watchparty.server.session.redis.RoomChange.EntryWritten;
import dev.watchparty.server.session.redis.RoomChange.PlaybackReplaced;
import dev.watchparty.server.session.redis.Verdict.Accepted;
import dev.watchparty.server.session.redis.Verdict.EntryConflict;
import dev.watchparty.server.session.redis.Verdict.Late;
import dev.watchparty.server.session.redis.Verdict.PlaybackConflict;
import dev.watchparty.server.session.redis.Verdict.Remembered;
import dev.watchparty.server.session.redis.Verdict.Repeated;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room that this node shares with others: decides by the rules on its {@link Replica}, and asks Redis to accept the
 * result.
 *
 * <p>The commands that arrive while one is on its way are decided together, so that a busy room needs few round trips,
 * and few of these in vain.
 */
final class SharedRoom {
    private static final Logger log = LoggerFactory.getLogger(SharedRoom.class);

    /** Commands that are decided together. */
    private static final int MAX_BATCH = 64;

    /** Commands that may wait; more are refused. */
    private static final int MAX_WAITING = 10_000;

    /** Each attempt fails only because another node's has succeeded. */
    private static final int MAX_ATTEMPTS = 100;

    private final RoomId id;
    private final int shard;
    private final Replica replica;
    private final RedisRooms rooms;
    private final Context context;
    private final SharedReports reports;
    private final Deque<Waiting> waiting = new ArrayDeque<>(); // guarded by itself, as are the next two
    private boolean deciding;
    private boolean rereading;
    private boolean rereadAgain;
    private CompletableFuture<Void> rereadDone = new CompletableFuture<>();
    private final ConcurrentSkipListMap<Long, CompletableFuture<Boolean>> pending = new ConcurrentSkipListMap<>();
    private final Set<String> writing = ConcurrentHashMap.newKeySet();
    private volatile boolean looking; // whether a look at a gap is scheduled
    private long unneededSince = Long.MAX_VALUE; // ns; guarded by waiting, as are the next two
    private int holds;
    private boolean closed;

    /**
     * The things that all rooms of a node share.
     *
     * @param clock by which the rules measure positions and absences
     * @param redisClock by which visits are numbered
     */
    record Context(
            RoomRules rules,
            MembershipRules membership,
            ServerClock clock,
            RedisClock redisClock,
            String node,
            AtomicLong visits,
            CommandCounts counts,
            ScheduledExecutorService timer) {}

    /**
     * A request to change what the rules decide, and its answer.
     *
     * @param socketId its sender, who is corrected if it cannot be carried out; empty if nobody has sent it
     */
    private record Waiting(Optional<String> socketId, Rule rule, CompletableFuture<Void> answer) {}

    private interface Rule {
        Outcome apply(RoomState state, long now);
    }

    SharedRoom(Replica replica, RedisRooms rooms, Context context) {
        this.id = replica.state().room();
        this.shard = RedisKeys.shard(id);
        this.replica = replica;
        this.rooms = rooms;
        this.context = context;
        this.reports =
                new SharedReports(replica, context.node(), message -> rooms.publish(id, message), context.timer());
    }

    RoomId id() {
        return id;
    }

    int shard() {
        return shard;
    }

    Replica replica() {
        return replica;
    }

    /** Takes a message of another node about its sockets' reports. */
    void receiveReports(RoomMessage message) {
        reports.receive(message);
    }

    /** A socket of this node says how its player is. */
    void report(String socketId, PlayerReport report) {
        replica.report(socketId, report);
        // Told even if it is known here: other nodes may know a later one, from before the socket moved to this node.
        reports.changed(socketId);
    }

    /** Applies a change that Redis has published. */
    void receive(RoomChange change) {
        apply(change, false);
    }

    private void apply(RoomChange change, boolean own) {
        if (!replica.apply(change, own)) {
            lookLater();
        }
        release(replica.version(), true);
        writeUnwritten();
    }

    /**
     * Answers the calls whose changes are no longer awaited.
     *
     * @param areKept whether they have been applied; else Redis has lost them before
     */
    private void release(long version, boolean areKept) {
        for (var applied : pending.headMap(version, true).entrySet()) {
            if (pending.remove(applied.getKey(), applied.getValue())) {
                applied.getValue().complete(areKept);
            }
        }
    }

    /**
     * Applies a change that Redis has accepted. The stage completes when the changes before it are applied too; with false
     * if Redis has lost it, and nobody was told.
     */
    private CompletionStage<Boolean> accept(RoomChange change) {
        CompletableFuture<Boolean> applied =
                pending.computeIfAbsent(change.version(), version -> new CompletableFuture<>());
        apply(change, true);
        return applied;
    }

    /** A reply may overtake a message on another connection. A message that all others have overtaken is lost. */
    private void lookLater() {
        if (looking) {
            return;
        }
        looking = true;
        long version = replica.version();
        rooms.allReceived(id).whenComplete((received, failure) -> {
            looking = false;
            if (!replica.isBehind()) {
                return;
            }
            if (replica.version() == version || failure != null) {
                reread();
            } else {
                lookLater(); // other messages have come, and the gap may be a new one
            }
        });
    }

    /**
     * Reads the whole room, and creates it from what this node knows if Redis has lost it. Calls at the same time share
     * one more reading.
     */
    CompletionStage<Void> reread() {
        CompletableFuture<Void> done;
        synchronized (waiting) {
            done = rereadDone;
            if (rereading) {
                rereadAgain = true;
                return done;
            }
            rereading = true;
            rereadDone = new CompletableFuture<>();
        }
        long version = replica.version();
        Map.Entry<Long, ?> latest = pending.lastEntry();
        long accepted = latest == null ? 0 : latest.getKey();
        rooms.read(id)
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedStage(found.get())
                        : rooms.create(
                                id,
                                replica.state().playback(),
                                replica.seed(context.clock().millis())))
                .thenAccept(copy -> {
                    boolean isWhole =
                            replica.replace(copy, version, context.clock().millis());
                    release(isWhole ? Math.max(accepted, replica.version()) : Math.min(copy.version(), version), true);
                    release(accepted, false); // accepted before the reading, and not in the copy
                })
                .whenComplete((read, failure) -> {
                    boolean again;
                    synchronized (waiting) {
                        rereading = false;
                        again = rereadAgain;
                        rereadAgain = false;
                    }
                    complete(done, failure);
                    if (again) {
                        reread(); // also after a failure, since somebody waits for it
                    }
                    if (failure == null) {
                        writeUnwritten();
                        reports.exchange();
                    }
                });
        return done;
    }

    private static void complete(CompletableFuture<Void> answer, Throwable failure) {
        if (failure == null) {
            answer.complete(null);
        } else {
            answer.completeExceptionally(SessionException.reasonOf(failure));
        }
    }

    /** Tells Redis what has happened here while it could not be reached. */
    private void writeUnwritten() {
        if (!replica.hasUnwritten()) {
            return;
        }
        for (String socketId : replica.unwritten()) {
            if (writing.add(socketId)) {
                write(socketId);
            }
        }
        if (replica.isPlaybackUnwritten()) {
            decideNext();
        }
    }

    private void write(String socketId) {
        Optional<Entry> known = replica.entry(socketId);
        Optional<Presence> presence = replica.state().roster().find(socketId);
        if (presence.isEmpty() && known.isEmpty()) {
            replica.written(socketId);
            writing.remove(socketId);
            return;
        }
        EntryRequest request = new EntryRequest(
                known.map(Entry::version).orElse(0L),
                replica.lostEntry(socketId).or(() -> presence.map(here -> PresenceDocument.of(here, context.node()))),
                isFirstJoin(socketId, known, presence),
                false,
                Optional.empty(),
                0);
        ask(socketId, request).whenComplete((verdict, failure) -> {
            writing.remove(socketId);
            if (failure != null) {
                return; // it is written when Redis can be reached
            }
            if (verdict instanceof Accepted accepted) {
                replica.written(socketId);
                apply(change(socketId, accepted, request.presence()), true);
            } else {
                reread();
            }
        });
    }

    private CompletionStage<Verdict> ask(String socketId, EntryRequest request) {
        return rooms.write(id, replica.state().playback().settings(), rooms.newCommandId(), socketId, request);
    }

    private RoomChange change(String socketId, Accepted accepted, Optional<PresenceDocument> presence) {
        return presence.<RoomChange>map(document -> new EntryWritten(
                        id,
                        accepted.before(),
                        accepted.version(),
                        socketId,
                        new Entry(accepted.version(), accepted.place(), document)))
                .orElseGet(() -> new EntryRemoved(id, accepted.before(), accepted.version(), socketId));
    }

    /** A socket enters. */
    CompletionStage<Visitor> enter(Arrival arrival) {
        return enter(arrival, replica.entry(arrival.socketId()), Optional.empty(), true, 1);
    }

    private CompletionStage<Visitor> enter(
            Arrival arrival, Optional<Entry> entry, Optional<LossDocument> loss, boolean isUnknown, int attempt) {
        long now = context.clock().millis();
        RoomState state = replica.stateWith(arrival.socketId(), entry);
        Visitor visitor = visitor(arrival, state.roster().find(arrival.socketId()), loss, now);
        RoomState next;
        try {
            next = context.membership().enter(state, visitor, now).state();
        } catch (SessionException refused) {
            return CompletableFuture.failedStage(refused);
        }
        replica.arrive(visitor);
        Optional<Presence> after = next.roster().find(arrival.socketId());
        EntryRequest request = request(arrival.socketId(), entry, after, isUnknown);
        return ask(arrival.socketId(), request)
                .handle((verdict, failure) -> {
                    if (failure != null) {
                        return entered(arrival.socketId(), visitor, after, failure);
                    }
                    if (verdict instanceof Accepted accepted) {
                        return accept(change(arrival.socketId(), accepted, request.presence()))
                                .thenCompose(isKept -> isKept
                                        ? admitted(visitor, entry.isEmpty())
                                        : enter(
                                                arrival,
                                                replica.entry(arrival.socketId()),
                                                loss,
                                                isUnknown,
                                                attempt + 1));
                    }
                    if (verdict instanceof Repeated) {
                        return reread().thenApply(read -> visitor);
                    }
                    if (attempt >= MAX_ATTEMPTS || verdict instanceof Late) {
                        return entered(arrival.socketId(), visitor, after, outage());
                    }
                    replica.turnAway(visitor);
                    if (verdict instanceof Remembered remembered) {
                        return enter(
                                arrival,
                                entry,
                                Optional.of(remembered.loss()).filter(rooms::isWithinWindow),
                                false,
                                attempt + 1);
                    }
                    if (verdict instanceof EntryConflict conflict) {
                        return enter(arrival, conflict.entry(), loss, isUnknown, attempt + 1);
                    }
                    return reread().thenCompose(read ->
                            enter(arrival, replica.entry(arrival.socketId()), loss, isUnknown, attempt + 1));
                })
                .thenCompose(stage -> stage);
    }

    /**
     * Redis compares only the entry of the socket. A decision of the hosts that was made before the entry, and is known
     * here only now, keeps a new socket out all the same.
     */
    private CompletionStage<Visitor> admitted(Visitor visitor, boolean isNew) {
        RoomState state = replica.state();
        try {
            if (isNew) {
                RoomState without = state.with(state.roster().without(visitor.socketId()));
                context.membership().enter(without, visitor, context.clock().millis());
            }
            return CompletableFuture.completedStage(visitor);
        } catch (SessionException refused) {
            CompletionStage<Visitor> refusal = CompletableFuture.failedStage(refused);
            return leave(visitor).handle((left, failure) -> refusal).thenCompose(stage -> stage);
        }
    }

    /** Redis cannot be reached: the socket enters the room as this node knows it. */
    private CompletionStage<Visitor> entered(
            String socketId, Visitor visitor, Optional<Presence> after, Throwable failure) {
        if (!isOutage(failure)) {
            replica.turnAway(visitor);
            return CompletableFuture.failedStage(failure);
        }
        replica.applyUnwritten(socketId, after);
        writeUnwritten();
        return CompletableFuture.completedStage(visitor);
    }

    private static StoreUnavailableException outage() {
        return new StoreUnavailableException(RedisLink.UNREACHABLE);
    }

    private static boolean isOutage(Throwable failure) {
        Throwable cause = SessionException.reasonOf(failure);
        return cause instanceof StoreUnavailableException;
    }

    private Visitor visitor(Arrival arrival, Optional<Presence> present, Optional<LossDocument> loss, long now) {
        long visit = context.visits()
                .updateAndGet(
                        latest -> Math.max(latest + 1, context.redisClock().micros()));
        long before = present.map(presence -> presence.visitor().visit()).orElse(0L);
        Optional<Username> name = present.isPresent()
                ? present.flatMap(Presence::participant).map(Participant::username)
                : loss.map(LossDocument::username).map(Username::new);
        OptionalLong lostAt = present.isPresent()
                ? present.get().lostAt()
                : loss.map(known -> OptionalLong.of(known.lostAt())).orElseGet(OptionalLong::empty);
        Optional<Absence> absence = lostAt.isPresent()
                ? Optional.of(new Absence(lostAt.getAsLong(), Math.max(lostAt.getAsLong(), now)))
                : Optional.empty();
        return new Visitor(arrival, name, absence, Math.max(visit, before + 1));
    }

    private EntryRequest request(String socketId, Optional<Entry> entry, Optional<Presence> after, boolean isUnknown) {
        return new EntryRequest(
                entry.map(Entry::version).orElse(0L),
                after.map(presence -> PresenceDocument.of(presence, context.node())),
                isFirstJoin(socketId, entry, after),
                isUnknown,
                after.isPresent() ? Optional.empty() : entry.flatMap(SharedRoom::loss),
                id.equals(RoomId.DEFAULT) ? 0 : replica.untouchedVersion());
    }

    private static boolean isFirstJoin(String socketId, Optional<Entry> before, Optional<Presence> after) {
        return after.flatMap(Presence::participant).isPresent()
                && before.flatMap(entry -> entry.document().participant(socketId))
                        .isEmpty();
    }

    private static Optional<LossDocument> loss(Entry entry) {
        return Optional.ofNullable(entry.document().lostAt())
                .map(lostAt -> new LossDocument(entry.document().username(), lostAt));
    }

    CompletionStage<Void> join(String socketId, Username username) {
        return change(
                socketId,
                (state, now) -> context.membership().join(state, socketId, username, now),
                replica.entry(socketId),
                1);
    }

    CompletionStage<Void> lose(Visitor visitor) {
        replica.lose(visitor);
        return change(
                visitor.socketId(),
                (state, now) -> context.membership().lose(state, visitor, now),
                replica.entry(visitor.socketId()),
                1);
    }

    CompletionStage<Void> leave(Visitor visitor) {
        replica.lose(visitor);
        return change(
                visitor.socketId(),
                (state, now) -> context.membership().leave(state, visitor),
                replica.entry(visitor.socketId()),
                1);
    }

    /** Another node's socket is lost: its node is gone. */
    CompletionStage<Void> giveUp(String socketId, Entry entry) {
        return changeOnce(
                socketId, entry, (state, visitor, now) -> context.membership().lose(state, visitor, now));
    }

    /** A lost socket has not come back in time. */
    CompletionStage<Void> remove(String socketId, Entry entry) {
        return changeOnce(
                socketId, entry, (state, visitor, now) -> context.membership().leave(state, visitor));
    }

    private interface VisitorRule {
        Outcome apply(RoomState state, Visitor visitor, long now);
    }

    /**
     * Applies a rule to the latest visit of a socket that is not connected to this node. Nothing happens if another node
     * is faster, or if Redis cannot be reached: the socket may have come back meanwhile, even to this node.
     */
    private CompletionStage<Void> changeOnce(String socketId, Entry entry, VisitorRule rule) {
        RoomState state = replica.stateWith(socketId, Optional.of(entry));
        Optional<Presence> before = state.roster().find(socketId);
        if (before.isEmpty() || replica.isConnected(socketId)) {
            return CompletableFuture.completedStage(null);
        }
        Optional<Presence> after = rule.apply(
                        state, before.get().visitor(), context.clock().millis())
                .state()
                .roster()
                .find(socketId);
        EntryRequest request = request(socketId, Optional.of(entry), after, false);
        return ask(socketId, keepingNode(request, Optional.of(entry), socketId)).thenCompose(verdict -> {
            if (verdict instanceof Accepted accepted) {
                return accept(change(socketId, accepted, request.presence())).thenApply(isKept -> null);
            }
            return verdict instanceof Late ? CompletableFuture.completedStage(null) : reread();
        });
    }

    private CompletionStage<Void> change(String socketId, Rule rule, Optional<Entry> entry, int attempt) {
        RoomState state = replica.stateWith(socketId, entry);
        Outcome outcome;
        try {
            outcome = rule.apply(state, context.clock().millis());
        } catch (SessionException refused) {
            return CompletableFuture.failedStage(refused);
        }
        Optional<Presence> before = state.roster().find(socketId);
        Optional<Presence> after = outcome.state().roster().find(socketId);
        boolean isMissing = before.isEmpty() && attempt == 1 && replica.isConnected(socketId);
        if (isMissing) {
            return reread().thenCompose(read -> change(socketId, rule, replica.entry(socketId), attempt + 1));
        }
        if (before.equals(after)) {
            replica.tell(outcome.events());
            return CompletableFuture.completedStage(null);
        }
        EntryRequest request = keepingNode(request(socketId, entry, after, false), entry, socketId);
        return ask(socketId, request)
                .handle((verdict, failure) -> {
                    if (failure != null) {
                        return changed(socketId, after, failure);
                    }
                    if (verdict instanceof Accepted accepted) {
                        return accept(change(socketId, accepted, request.presence()))
                                .thenCompose(isKept -> isKept
                                        ? CompletableFuture.completedStage(null)
                                        : change(socketId, rule, replica.entry(socketId), attempt + 1));
                    }
                    if (verdict instanceof Repeated) {
                        return reread();
                    }
                    if (attempt >= MAX_ATTEMPTS || verdict instanceof Late) {
                        return changed(socketId, after, outage());
                    }
                    if (verdict instanceof EntryConflict conflict) {
                        return change(socketId, rule, conflict.entry(), attempt + 1);
                    }
                    return reread().handle((read, lost) -> lost == null
                                    ? change(socketId, rule, replica.entry(socketId), attempt + 1)
                                    : changed(socketId, after, lost))
                            .thenCompose(stage -> stage);
                })
                .thenCompose(stage -> stage);
    }

    /** A socket of another node stays its socket, whoever writes the entry. */
    private EntryRequest keepingNode(EntryRequest request, Optional<Entry> entry, String socketId) {
        if (replica.local(socketId).isPresent()
                || entry.isEmpty()
                || request.presence().isEmpty()) {
            return request;
        }
        return request.by(entry.get().document().node());
    }

    private CompletionStage<Void> changed(String socketId, Optional<Presence> after, Throwable failure) {
        if (!isOutage(failure) || replica.local(socketId).isEmpty()) {
            return CompletableFuture.failedStage(failure);
        }
        replica.applyUnwritten(socketId, after);
        writeUnwritten();
        return CompletableFuture.completedStage(null);
    }

    /** A socket commands the room. */
    CompletionStage<Void> command(String socketId, RoomCommand command) {
        return decide(Optional.of(socketId), (state, now) -> context.rules().apply(state, socketId, command, now));
    }

    /** Lets somebody become host, if nobody is. */
    CompletionStage<Void> succeed() {
        return decide(Optional.empty(), context.rules()::succeed);
    }

    private CompletionStage<Void> decide(Optional<String> socketId, Rule rule) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        synchronized (waiting) {
            if (waiting.size() >= MAX_WAITING) {
                return CompletableFuture.failedStage(new StoreUnavailableException("too many commands wait"));
            }
            waiting.add(new Waiting(socketId, rule, answer));
        }
        decideNext();
        return answer;
    }

    private void decideNext() {
        List<Waiting> batch = new ArrayList<>();
        synchronized (waiting) {
            if (deciding || (waiting.isEmpty() && !replica.isPlaybackUnwritten())) {
                return;
            }
            deciding = true;
            while (!waiting.isEmpty() && batch.size() < MAX_BATCH) {
                batch.add(waiting.poll());
            }
        }
        decideAgain(batch, 0);
    }

    private void decide(List<Waiting> batch, SessionState playback, long playbackVersion, int attempt) {
        long now = Math.max(context.clock().millis(), playback.updatedAt());
        RoomState state = replica.state().with(playback);
        List<SessionEvent> events = new ArrayList<>();
        IdentityHashMap<Waiting, SessionException> refusals = new IdentityHashMap<>();
        boolean isRestored = replica.isPlaybackUnwritten();
        if (isRestored && !playback.trail().isEmpty()) {
            events.add(new Changed(id, playback, playback.trail())); // nodes drop the changes that they know
        }
        for (Waiting each : batch) {
            Outcome outcome = each.rule().apply(state, now);
            state = outcome.state();
            events.addAll(outcome.events());
            outcome.refusal().ifPresent(refusal -> refusals.put(each, refusal));
        }
        if (state.playback().equals(playback) && !isRestored) {
            // Only echoes, which their senders hear of: not before they have heard of what the echoes were compared
            // with.
            CompletionStage<Void> known = attempt == 1 ? CompletableFuture.completedStage(null) : reread();
            known.whenComplete((read, failure) -> {
                if (failure == null) {
                    replica.tell(events);
                }
                answer(batch, refusals);
            });
            return;
        }
        SessionState result = state.playback();
        context.counts().attempt();
        rooms.replacePlayback(id, rooms.newCommandId(), playbackVersion, result, events)
                .whenComplete((verdict, failure) -> {
                    try {
                        if (failure != null) {
                            fail(batch, failure);
                        } else {
                            settle(new Decided(batch, refusals, events, result), verdict, attempt);
                        }
                    } catch (RuntimeException e) {
                        fail(batch, e);
                    }
                });
    }

    /** Some requests that were decided together, and the result. */
    private record Decided(
            List<Waiting> batch,
            IdentityHashMap<Waiting, SessionException> refusals,
            List<SessionEvent> events,
            SessionState result) {}

    private void settle(Decided decided, Verdict verdict, int attempt) {
        List<Waiting> batch = decided.batch();
        SessionState result = decided.result();
        if (verdict instanceof Accepted accepted) {
            context.counts().accepted(batch.size());
            accept(new PlaybackReplaced(id, accepted.before(), accepted.version(), result, decided.events()))
                    .thenAccept(isKept -> {
                        if (isKept || isKnown(result)) {
                            answer(batch, decided.refusals());
                        } else {
                            decideAgain(batch, attempt);
                        }
                    });
        } else if (verdict instanceof Repeated) {
            reread().whenComplete((read, failure) -> answer(batch, decided.refusals()));
        } else if (attempt >= MAX_ATTEMPTS || verdict instanceof Late) {
            fail(batch, outage());
        } else if (verdict instanceof PlaybackConflict conflict && !replica.isPlaybackUnwritten()) {
            decide(batch, conflict.playback(), conflict.playbackVersion(), attempt + 1);
        } else {
            reread().whenComplete((read, failure) -> {
                if (failure != null) {
                    fail(batch, failure);
                } else {
                    decideAgain(batch, attempt);
                }
            });
        }
    }

    /** Whether the room is as new as a playback that Redis has lost: another node has heard of it, and written it again. */
    private boolean isKnown(SessionState lost) {
        return replica.state().playback().changedAt() >= lost.changedAt();
    }

    private void decideAgain(List<Waiting> batch, int attempt) {
        Replica.Base base = replica.base();
        try {
            decide(batch, base.state().playback(), base.playbackVersion(), attempt + 1);
        } catch (RuntimeException e) {
            fail(batch, e);
        }
    }

    private void answer(List<Waiting> batch, IdentityHashMap<Waiting, SessionException> refusals) {
        batch.forEach(each -> complete(each.answer(), refusals.get(each)));
        next();
    }

    /** Tells the senders, whose players have obeyed their commands already, and corrects them. */
    private void fail(List<Waiting> batch, Throwable failure) {
        if (!isOutage(failure)) {
            log.error("a command could not be decided", failure);
        }
        for (Waiting each : batch) {
            each.socketId().ifPresent(replica::correct);
            complete(each.answer(), failure);
        }
        synchronized (waiting) {
            deciding = false;
            if (waiting.isEmpty()) {
                return; // what is unwritten is written when Redis can be reached
            }
        }
        decideNext();
    }

    private void next() {
        synchronized (waiting) {
            deciding = false;
        }
        decideNext();
    }

    /** Keeps the room open while a socket is about to enter; false if it is closed. */
    boolean hold() {
        synchronized (waiting) {
            if (!closed) {
                holds++;
            }
            return !closed;
        }
    }

    /** The socket has entered, or could not. */
    void letGo() {
        synchronized (waiting) {
            holds--;
        }
    }

    /** Closes the room for good if nobody on this node has needed it for a while. */
    boolean closeIfUnneeded(long now, long graceNanos) {
        synchronized (waiting) {
            if (holds > 0 || replica.isNeeded() || deciding || rereading || !waiting.isEmpty()) {
                unneededSince = Long.MAX_VALUE;
            } else if (unneededSince == Long.MAX_VALUE) {
                unneededSince = now;
            }
            closed |= unneededSince != Long.MAX_VALUE && now - unneededSince >= graceNanos;
            return closed;
        }
    }
}
