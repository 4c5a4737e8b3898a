package dev.watchparty.server.session.redis;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.Presence;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomState;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.redis.RoomChange.Created;
import dev.watchparty.server.session.redis.RoomChange.EntryRemoved;
import dev.watchparty.server.session.redis.RoomChange.EntryWritten;
import dev.watchparty.server.session.redis.RoomChange.PlaybackReplaced;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A room as this node knows it: a copy of what Redis keeps, to which the changes are applied in their order, and which
 * tells the sockets of this node what has happened.
 *
 * <p>INVARIANT: every method holds the monitor, and tells all events before it releases it.
 */
final class Replica {
    /** Changes that may wait for one before them. */
    private static final int MAX_AHEAD = 1000;

    private final RoomId room;
    private final Consumer<SessionEvent> listener;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Local> locals = new HashMap<>();
    private final Set<String> unwritten = new LinkedHashSet<>();
    private final Map<String, PresenceDocument> lostEntries = new HashMap<>(); // of others' sockets; all are unwritten
    private final TreeMap<Long, RoomChange> ahead = new TreeMap<>();
    private RoomState state;
    private SessionState told; // the playback that the sockets of this node know; numbers are told once Redis has them
    private long version; // 0 until the room has been read
    private long created;
    private boolean isBroken; // a change follows one before the latest that this node knows: Redis has lost that
    private long playbackVersion;
    private boolean playbackUnwritten;

    /**
     * A socket that is connected to this node, or was until it was lost.
     *
     * @param lost whether this node knows that it is not connected any more
     */
    private record Local(Visitor visitor, boolean lost) {}

    /** The state that a rule is applied to, and the version that Redis must still have to accept the result. */
    record Base(RoomState state, long playbackVersion) {}

    /** @param unread what the room is until it has been read */
    Replica(RoomState unread, Consumer<SessionEvent> listener) {
        this.room = unread.room();
        this.state = unread;
        this.told = unread.playback();
        this.listener = listener;
    }

    RoomId room() {
        return room;
    }

    synchronized Base base() {
        return new Base(state, playbackVersion);
    }

    synchronized RoomState state() {
        return state;
    }

    /** The state with the entry of one socket as Redis has it, which may be newer than the rest. */
    synchronized RoomState stateWith(String socketId, Optional<Entry> entry) {
        Entry known = entries.get(socketId);
        long visit = entry.map(found -> found.document().visit()).orElse(0L);
        boolean isOurs = unwritten.contains(socketId)
                && state.roster()
                                .find(socketId)
                                .map(presence -> presence.visitor().visit())
                                .orElse(Long.MAX_VALUE)
                        >= visit;
        if (isOurs
                || entry.map(Entry::version).equals(Optional.ofNullable(known).map(Entry::version))) {
            return state;
        }
        return state.with(entry.map(found -> state.roster().with(presence(socketId, found)))
                .orElseGet(() -> state.roster().without(socketId)));
    }

    /** The version of a playback in which nothing has happened yet; 0 if something has. */
    synchronized long untouchedVersion() {
        return state.isUntouched() ? playbackVersion : 0;
    }

    /** Whether changes wait for one that is missing. */
    synchronized boolean isBehind() {
        return version != 0 && !ahead.isEmpty();
    }

    synchronized long version() {
        return version;
    }

    /** The room as the sockets of this node know it. */
    private Snapshot snapshot() {
        return state.with(told).snapshot();
    }

    /** Whether the change with this version has been applied. */
    synchronized boolean knows(long change) {
        return change <= version;
    }

    synchronized Optional<Entry> entry(String socketId) {
        return Optional.ofNullable(entries.get(socketId));
    }

    /** The entries as Redis has them, as far as this node knows. */
    synchronized Map<String, Entry> entries() {
        return Map.copyOf(entries);
    }

    /** Whether a socket is in the room, connected or lost, as far as this node knows. */
    synchronized boolean expects(String socketId) {
        return entries.containsKey(socketId) || unwritten.contains(socketId);
    }

    /** An entry of a socket of another node that Redis has lost. */
    synchronized Optional<PresenceDocument> lostEntry(String socketId) {
        return Optional.ofNullable(lostEntries.get(socketId));
    }

    /** Whether a room of this state has sockets of this node, or something that Redis does not know yet. */
    synchronized boolean isNeeded() {
        return !locals.isEmpty() || hasUnwritten();
    }

    synchronized boolean hasUnwritten() {
        return playbackUnwritten || !unwritten.isEmpty();
    }

    synchronized boolean isPlaybackUnwritten() {
        return playbackUnwritten;
    }

    synchronized Set<String> unwritten() {
        return Set.copyOf(unwritten);
    }

    /** The visit of a socket that is connected to this node, or was until it was lost. */
    synchronized Optional<Visitor> local(String socketId) {
        return Optional.ofNullable(locals.get(socketId)).map(Local::visitor);
    }

    /** A socket of this node is about to enter. */
    synchronized void arrive(Visitor visitor) {
        locals.put(visitor.socketId(), new Local(visitor, false));
    }

    /** Whether a socket is connected to this node. */
    synchronized boolean isConnected(String socketId) {
        return locals.containsKey(socketId) && !locals.get(socketId).lost();
    }

    /** This node knows that a visit has ended, or that its connection is lost. */
    synchronized void lose(Visitor visitor) {
        locals.computeIfPresent(
                visitor.socketId(),
                (id, local) -> local.visitor().visit() == visitor.visit() ? new Local(visitor, true) : local);
    }

    /** A socket of this node could not enter. */
    synchronized void turnAway(Visitor visitor) {
        locals.computeIfPresent(
                visitor.socketId(), (id, local) -> local.visitor().visit() == visitor.visit() ? null : local);
    }

    /** Tells events that change nothing. */
    synchronized void tell(List<SessionEvent> events) {
        events.forEach(this::tellNow);
    }

    /** Tells an event that was decided on an earlier state, as it would be decided now. */
    private void tellNow(SessionEvent event) {
        if (event instanceof Entered entered) {
            listener.accept(new Entered(room, entered.visitor(), snapshot()));
        } else if (!(event instanceof Corrected corrected)
                || corrected.state().seq() >= state.playback().seq()) {
            listener.accept(event);
        }
    }

    /**
     * Applies a change that Redis has accepted.
     *
     * @param own whether this node has asked for it, and this is the reply
     * @return false if a change before it is missing
     */
    synchronized boolean apply(RoomChange change, boolean own) {
        if (version != 0 && change.version() <= version) {
            if (own) {
                tellCorrections(change); // the message was faster than the reply, and corrects nobody
            }
            return true;
        }
        if (own) {
            ahead.put(change.version(), change);
        } else {
            ahead.putIfAbsent(change.version(), change);
        }
        return version == 0 || drain();
    }

    private boolean drain() {
        while (!ahead.isEmpty()) {
            RoomChange next = ahead.firstEntry().getValue();
            if (next.version() <= version) {
                tellCorrections(next);
            } else if (next.before() == version) {
                take(next);
            } else {
                isBroken |= next.before() < version;
                if (ahead.size() > MAX_AHEAD) {
                    ahead.pollFirstEntry();
                }
                return false;
            }
            ahead.remove(next.version());
        }
        return true;
    }

    private void tellCorrections(RoomChange change) {
        if (change instanceof PlaybackReplaced replaced) {
            replaced.events().stream().filter(Corrected.class::isInstance).forEach(this::tellNow);
        }
    }

    private void take(RoomChange change) {
        version = change.version();
        if (change instanceof PlaybackReplaced replaced) {
            take(replaced);
        } else if (change instanceof EntryWritten written) {
            take(written.socketId(), written.entry());
        } else if (change instanceof EntryRemoved removed) {
            entries.remove(removed.socketId());
            removeUnlessConnected(removed.socketId());
        } else if (!(change instanceof Created)) {
            throw new IllegalStateException("change: of no known kind");
        }
    }

    private void take(PlaybackReplaced replaced) {
        playbackVersion = replaced.version();
        if (isBehind(replaced.playback())) {
            renumber(replaced.playback());
            return;
        }
        playbackUnwritten = false;
        state = state.with(replaced.playback());
        for (SessionEvent event : replaced.events()) {
            if (event instanceof Changed changed) {
                tellNews(changed.state(), changed.changes());
            } else {
                listener.accept(event);
            }
            if (event instanceof Corrected corrected) {
                told = corrected.state();
            }
        }
        tellNumber();
    }

    private void tellNews(SessionState playback, List<PlaybackChange> changes) {
        List<PlaybackChange> news = changes.stream()
                .filter(change -> change.seq() > told.seq() && !isKnown(change, playback))
                .toList();
        if (!news.isEmpty()) {
            listener.accept(new Changed(room, playback, news));
            told = playback;
        }
    }

    /** Whether the sockets of this node know a change under another number. They must not load a video twice. */
    private boolean isKnown(PlaybackChange change, SessionState playback) {
        boolean isLatest = playback.lastChange().equals(Optional.of(change));
        if (change.action() == LastAction.CHANGE_VIDEO && !playback.videoId().equals(told.videoId())) {
            return false;
        }
        return told.trail().stream().anyMatch(change::isSameAs) && (!isLatest || playback.playsAs(told));
    }

    /** The sockets may know the playback under an earlier number. */
    private void tellNumber() {
        if (!told.equals(state.playback())) {
            listener.accept(new Changed(room, state.playback(), List.of()));
            told = state.playback();
        }
    }

    /**
     * Whether the sockets of this node have received numbers that contradict this playback. A change that they do not know
     * may have a number that they have received for a correction.
     */
    private boolean isBehind(SessionState playback) {
        return playback.seq() < told.seq()
                || (playback.seq() == told.seq() && !playback.equals(told))
                || playback.trail().stream()
                        .anyMatch(change -> change.seq() <= told.seq() && !isKnown(change, playback));
    }

    /**
     * Takes a playback under numbers that nobody has seen yet. The sockets of this node are told when Redis has accepted
     * it.
     */
    private void renumber(SessionState playback) {
        long above = Math.max(told.seq(), playback.seq());
        state = state.with(playback.trail().isEmpty() ? playback.withSeq(above + 1) : playback.renumberedAfter(above));
        playbackUnwritten = true;
    }

    private void take(String socketId, Entry entry) {
        Local local = locals.get(socketId);
        boolean isOurs =
                local != null && local.visitor().visit() == entry.document().visit();
        Entry known = entries.put(socketId, entry);
        boolean hasMoved =
                state.roster().find(socketId).flatMap(Presence::participant).isPresent()
                        && (known == null || known.place() != entry.place());
        boolean isOfLostConnection =
                isOurs ? !local.lost() && entry.document().lostAt() != null : hasEnteredAfter(socketId, entry);
        if (isOfLostConnection) {
            unwritten.add(socketId); // others take it for lost or know an earlier visit, but it is connected here
            return;
        }
        written(socketId);
        put(socketId, presence(socketId, entry));
        if (hasMoved) { // to the end, because a place is never given twice
            Presence moved = state.roster().find(socketId).orElseThrow();
            state = state.with(state.roster().without(socketId).with(moved));
        }
    }

    private Presence presence(String socketId, Entry entry) {
        PresenceDocument document = entry.document();
        return new Presence(visitor(socketId, entry), document.participant(socketId), document.lost());
    }

    private Visitor visitor(String socketId, Entry entry) {
        PresenceDocument document = entry.document();
        return local(socketId)
                .filter(visitor -> visitor.visit() == document.visit())
                .orElseGet(() -> new Visitor(
                        new Arrival(socketId, 0, document.echoes(), document.credentials(socketId)),
                        Optional.empty(),
                        Optional.empty(),
                        document.visit()));
    }

    /** Puts a presence in its place, with the report that this node knows: Redis has none. */
    private void put(String socketId, Presence after) {
        Snapshot shown = snapshot();
        Optional<Presence> before = state.roster().find(socketId);
        state = state.with(state.roster().with(after.with(before.flatMap(Presence::report))));
        long visit = after.visitor().visit();
        boolean isNewVisit = before.isEmpty() || before.get().visitor().visit() != visit;
        if (isNewVisit) {
            Local local = locals.get(socketId);
            if (local != null && local.visitor().visit() == visit) {
                listener.accept(new Entered(room, local.visitor(), snapshot()));
            } else if (local != null && local.visitor().visit() < visit) {
                locals.remove(socketId);
                listener.accept(new Entered(room, after.visitor(), snapshot()));
            }
        }
        Optional<Participant> known = before.flatMap(Presence::participant);
        after.participant()
                .filter(participant -> !known.equals(Optional.of(participant)))
                .ifPresent(participant -> listener.accept(new Joined(room, participant, snapshot())));
        tellReport(shown, socketId);
    }

    private void tellReport(Snapshot before, String socketId) {
        Reported.between(room, before, snapshot(), socketId).ifPresent(listener);
    }

    /** A socket says how its player is. Nothing happens if that was known, or if the socket has not joined. */
    synchronized void report(String socketId, PlayerReport report) {
        Snapshot before = snapshot();
        state = state.with(state.roster().reported(socketId, report));
        tellReport(before, socketId);
    }

    /** Another node says how the player of a socket is. It may not know yet that the socket is here now. */
    synchronized void hear(String socketId, PlayerReport report) {
        if (!isConnected(socketId)) {
            report(socketId, report);
        }
    }

    /** The report of a socket that is connected to this node; empty for any other. */
    synchronized Optional<PlayerReport> ownReport(String socketId) {
        return isConnected(socketId) ? state.roster().find(socketId).flatMap(Presence::report) : Optional.empty();
    }

    /** The sockets that are connected to this node and have reported. */
    synchronized List<String> reporting() {
        return locals.keySet().stream()
                .filter(socketId -> ownReport(socketId).isPresent())
                .toList();
    }

    private void removeUnlessConnected(String socketId) {
        if (hasEntered(socketId)) {
            unwritten.add(socketId); // whatever has removed it
        } else {
            remove(socketId);
        }
    }

    /** Whether a socket is connected to this node, and has entered. */
    private boolean hasEntered(String socketId) {
        Local local = locals.get(socketId);
        return local != null
                && !local.lost()
                && state.roster()
                        .find(socketId)
                        .filter(presence ->
                                presence.visitor().visit() == local.visitor().visit())
                        .isPresent();
    }

    private boolean hasEnteredAfter(String socketId, Entry entry) {
        return hasEntered(socketId)
                && entry.document().visit() < locals.get(socketId).visitor().visit();
    }

    private void remove(String socketId) {
        written(socketId);
        Optional<Presence> before = state.roster().find(socketId);
        if (before.isPresent()) {
            locals.computeIfPresent(
                    socketId,
                    (id, local) ->
                            local.visitor().visit() <= before.get().visitor().visit() ? null : local);
            state = state.with(state.roster().without(socketId));
            listener.accept(new Left(room, socketId, before.get().participant()));
        }
    }

    /**
     * Applies what a rule has decided for a socket of this node, while Redis cannot be reached. Redis must learn it
     * later.
     *
     * @param presence empty if the socket has left
     */
    synchronized void applyUnwritten(String socketId, Optional<Presence> presence) {
        presence.ifPresentOrElse(after -> put(socketId, after), () -> remove(socketId));
        lostEntries.remove(socketId);
        unwritten.add(socketId);
    }

    /** Gives a number to a correction while Redis cannot be reached, which must learn the number later. */
    synchronized void correct(String socketId) {
        if (state.roster().find(socketId).isEmpty()) {
            return;
        }
        boolean isAllTold = told.equals(state.playback());
        told = told.withSeq(told.seq() + 1);
        if (isAllTold) {
            state = state.with(told);
            playbackUnwritten = true;
        } else {
            renumber(state.playback());
        }
        listener.accept(new Corrected(room, socketId, told, true, 0));
    }

    /** Redis has the presence of a socket as it is here, or does not need it. */
    synchronized void written(String socketId) {
        unwritten.remove(socketId);
        lostEntries.remove(socketId);
    }

    /** Learns the entry that Redis has of a socket, without its change being in order. */
    synchronized void learn(String socketId, Optional<Entry> entry) {
        entry.ifPresentOrElse(known -> entries.put(socketId, known), () -> entries.remove(socketId));
    }

    /** Whether a socket has left while Redis could not be reached. */
    private boolean hasLeftUnwritten(String socketId) {
        return unwritten.contains(socketId) && state.roster().find(socketId).isEmpty();
    }

    /** Whether Redis has lost the name of a socket that is connected to this node. */
    private boolean isPoorer(String socketId, Entry found) {
        return hasEntered(socketId)
                && found.document().visit() == locals.get(socketId).visitor().visit()
                && !found.document()
                        .participant(socketId)
                        .equals(state.roster().find(socketId).flatMap(Presence::participant));
    }

    /**
     * The entries with which a room begins that Redis has lost. Sockets of other nodes count as lost, and their nodes say
     * if they are not.
     *
     * @param now ms since the epoch
     */
    synchronized Map<String, Entry> seed(long now) {
        Map<String, Entry> seed = new HashMap<>();
        entries.forEach((socketId, entry) -> {
            if (!hasLeftUnwritten(socketId)) {
                seed.put(socketId, isConnected(socketId) ? entry : entry.lostBy(now));
            }
        });
        return seed;
    }

    /**
     * Compares with the whole room, and tells what was missed.
     *
     * @param asked the version of this replica when the room was read. A copy below it is of a Redis that has lost its last
     *     writes; a copy that is not has only been overtaken by messages
     * @param now ms since the epoch
     * @return false if Redis has lost something
     */
    synchronized boolean replace(RoomCopy copy, long asked, long now) {
        if (copy.version() >= asked && copy.version() < version) {
            drain();
            return true;
        }
        boolean isWhole = version == 0 || (copy.created() == created && copy.version() >= version && !isBroken);
        if (version == 0) {
            state = state.with(copy.playback());
            told = copy.playback();
        } else {
            comparePlayback(copy, isWhole);
        }
        isBroken = false;
        version = copy.version();
        created = copy.created();
        playbackVersion = copy.playbackVersion();
        compareRoster(copy, isWhole, now);
        drain();
        return isWhole;
    }

    private void comparePlayback(RoomCopy copy, boolean isWhole) {
        SessionState known = state.playback();
        SessionState found = copy.playback();
        boolean isFresh = found.isUntouched() && !known.isUntouched();
        boolean hasLostWrites = !isWhole && known.changedAt() > found.changedAt(); // corrections have numbers too
        boolean isOurs = playbackUnwritten && copy.playbackVersion() == playbackVersion;
        if (isFresh || hasLostWrites || isOurs) {
            playbackUnwritten = !found.equals(known);
            if (playbackUnwritten && found.seq() > known.seq()) {
                renumber(known.withSeq(found.seq()));
            }
        } else if (isBehind(found)) {
            renumber(found);
        } else {
            playbackUnwritten = false;
            state = state.with(found);
            tellNews(found, found.trail());
            tellNumber();
        }
    }

    /** @param isWhole false if Redis may have lost what it does not have, although nobody has left */
    private void compareRoster(RoomCopy copy, boolean isWhole, long now) {
        Set<String> gone = new HashSet<>(entries.keySet());
        gone.removeAll(copy.entries().keySet());
        for (String socketId : gone) {
            Entry known = entries.remove(socketId);
            if (unwritten.contains(socketId)) {
                continue;
            }
            if (!isWhole && !hasEntered(socketId)) {
                unwritten.add(socketId);
                lostEntries.put(socketId, known.document().lostBy(now)); // its node knows better, and writes that
            } else {
                removeUnlessConnected(socketId);
            }
        }
        List<Map.Entry<String, Entry>> found = new ArrayList<>(copy.entries().entrySet());
        found.sort(Comparator.comparingLong(entry -> entry.getValue().place()));
        for (Map.Entry<String, Entry> entry : found) {
            compare(entry.getKey(), entry.getValue(), isWhole);
        }
    }

    private void compare(String socketId, Entry found, boolean isWhole) {
        Entry known = entries.get(socketId);
        boolean isLost = hasEnteredAfter(socketId, found) || (!isWhole && isPoorer(socketId, found));
        if (isLost) {
            unwritten.add(socketId); // a failover has lost the visit, or the name
        }
        Local local = locals.get(socketId);
        boolean isOlder =
                (local != null && found.document().visit() <= local.visitor().visit())
                        || (known != null
                                && hasLeftUnwritten(socketId)
                                && found.document().visit() <= known.document().visit());
        if (unwritten.contains(socketId) && isOlder) {
            entries.put(socketId, found);
        } else if (known == null || known.version() != found.version()) {
            take(socketId, found);
        }
    }
}
