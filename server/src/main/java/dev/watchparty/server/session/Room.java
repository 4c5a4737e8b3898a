package dev.watchparty.server.session;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Revived;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One room in memory.
 *
 * <p>INVARIANT: every method is called with the room's monitor held, and its events are told before it is released;
 * this is what puts the room's events in one order for all.
 */
final class Room {
    /** The visit of those who were here when an earlier run of the server ended. */
    private static final long BEFORE_ANY_VISIT = 0;

    private final RoomId id;
    private final PlaybackRules rules;
    private final int maxUsers;
    private final SavedSessions saved;
    private final Consumer<SessionEvent> events;
    private final Map<String, Visitor> visitors = new LinkedHashMap<>();
    private final Participants participants = new Participants();
    private SessionState state;
    private long emptySince;
    private boolean dropped;

    Room(
            RoomId id,
            SessionState initial,
            PlaybackRules rules,
            int maxUsers,
            SavedSessions saved,
            Consumer<SessionEvent> events) {
        this.id = id;
        this.state = initial;
        this.rules = rules;
        this.maxUsers = maxUsers;
        this.saved = saved;
        this.events = events;
        this.emptySince = initial.updatedAt();
    }

    void enter(Visitor visitor, long now) {
        Visitor before = visitors.get(visitor.socketId());
        if (before != null && before.visit() > visitor.visit()) {
            return; // it has come back already, and been quicker
        }
        if (visitor.returningAs().isPresent() && isUntouched()) {
            saved.take(id, now).ifPresent(snapshot -> revive(snapshot, visitor));
        }
        visitors.put(visitor.socketId(), visitor);
        Optional<Participant> returning = visitor.returningAs()
                .filter(username -> !participants.contains(visitor.socketId()))
                .map(username -> new Participant(visitor.socketId(), username, now));
        returning.ifPresent(participants::put);
        events.accept(new Entered(id, visitor, snapshot()));
        returning.ifPresent(participant -> events.accept(new Joined(id, participant, snapshot())));
    }

    /** Goes on with a saved session, as if all its people had been lost just now. */
    private void revive(Snapshot snapshot, Visitor first) {
        state = visitors.isEmpty()
                ? snapshot.state().withSeq(Math.max(snapshot.state().seq(), state.seq()))
                : snapshot.state().renumberedAfter(Math.max(snapshot.state().seq(), state.seq()));
        List<Visitor> awaited = new ArrayList<>();
        for (Participant participant : snapshot.participants()) {
            Visitor absent = new Visitor(
                    participant.socketId(),
                    true,
                    Optional.of(participant.username()),
                    Optional.empty(),
                    BEFORE_ANY_VISIT);
            participants.put(participant);
            visitors.putIfAbsent(participant.socketId(), absent);
            if (!participant.socketId().equals(first.socketId())) {
                awaited.add(absent);
            }
        }
        events.accept(new Revived(id, awaited));
        events.accept(new SessionEvent.Changed(id, state, state.trail()));
    }

    void join(String socketId, Username username, long now) {
        Visitor visitor = visitors.get(socketId);
        if (visitor == null) {
            return;
        }
        Participant known = participants.find(socketId).orElse(null);
        if (known == null && participants.size() >= maxUsers) {
            throw new SessionException(RequestErrorCode.ROOM_FULL, "the room takes no more users");
        }
        if (known != null
                && visitor.returningAs().equals(Optional.of(username))
                && known.username().equals(username)) {
            // Says again who it is, as it does after every connect; the others know.
            events.accept(new Entered(id, visitor, snapshot()));
            return;
        }
        Participant participant = known == null ? new Participant(socketId, username, now) : known.renamed(username);
        participants.put(participant);
        events.accept(new Joined(id, participant, snapshot()));
    }

    void apply(String socketId, PlaybackCommand command, long now) {
        Visitor visitor = visitors.get(socketId);
        if (visitor == null) {
            return;
        }
        Transition transition = rules.apply(state, command, sender(visitor), now);
        state = transition.state();
        events.accept(event(socketId, transition));
    }

    private SessionEvent event(String socketId, Transition transition) {
        if (transition instanceof Transition.Changed changed) {
            return new SessionEvent.Changed(id, state, changed.changes());
        }
        double lag = transition instanceof Transition.Repeated repeated ? repeated.lag() : 0;
        return new Corrected(id, socketId, state, transition instanceof Transition.Contradicted, lag);
    }

    private Sender sender(Visitor visitor) {
        Optional<Participant> participant = participants.find(visitor.socketId());
        int others = participants.size() - (participant.isPresent() ? 1 : 0);
        return new Sender(
                visitor.socketId(),
                participant.map(Participant::username).orElse(Username.UNKNOWN),
                visitor.echoes(),
                participant
                        .filter(joined -> visitor.returningAs().isEmpty())
                        .map(joined -> OptionalLong.of(joined.joinedAt()))
                        .orElseGet(OptionalLong::empty),
                visitor.absence(),
                others == 0);
    }

    void leave(Visitor visitor, long now) {
        String socketId = visitor.socketId();
        if (!visitors.remove(socketId, visitor)) {
            return;
        }
        Optional<Participant> participant = participants.remove(socketId);
        emptySince = now;
        events.accept(new Left(id, socketId, participant));
    }

    /** Marks an empty room as gone; who still holds it must ask for it anew. */
    boolean dropIfIdle(long now, long idleAfterMillis) {
        dropped = visitors.isEmpty() && now - emptySince >= idleAfterMillis;
        return dropped;
    }

    boolean isDropped() {
        return dropped;
    }

    /** Whether nobody has done anything here yet, and nobody has joined. */
    boolean isBlank() {
        return isUntouched() && participants.isEmpty();
    }

    private boolean isUntouched() {
        return state.lastAction() == LastAction.INIT;
    }

    Snapshot snapshot() {
        return new Snapshot(state, participants.list());
    }
}
