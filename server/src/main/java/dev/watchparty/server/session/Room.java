package dev.watchparty.server.session;

import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One room in memory.
 *
 * <p>INVARIANT: every method is called with the room's monitor held, and the listener is called before it is released;
 * this is what puts the room's events in one order for all.
 */
final class Room {
    private final RoomId id;
    private final PlaybackRules rules;
    private final int maxUsers;
    private final SessionListener listener;
    private final Map<String, Visitor> visitors = new LinkedHashMap<>();
    private final Map<String, Participant> participants = new LinkedHashMap<>();
    private SessionState state;
    private long emptySince;
    private boolean dropped;

    Room(RoomId id, SessionState initial, PlaybackRules rules, int maxUsers, SessionListener listener) {
        this.id = id;
        this.state = initial;
        this.rules = rules;
        this.maxUsers = maxUsers;
        this.listener = listener;
        this.emptySince = initial.updatedAt();
    }

    void enter(Visitor visitor) {
        visitors.put(visitor.socketId(), visitor);
        listener.onEvent(new Entered(id, visitor, snapshot()));
    }

    void join(String socketId, Username username, long now) {
        if (!visitors.containsKey(socketId)) {
            return;
        }
        Participant known = participants.get(socketId);
        if (known == null && participants.size() >= maxUsers) {
            throw new SessionException(RequestErrorCode.ROOM_FULL, "the room takes no more users");
        }
        Participant participant = known == null ? new Participant(socketId, username, now) : known.renamed(username);
        participants.put(socketId, participant);
        listener.onEvent(new Joined(id, participant, snapshot()));
    }

    void apply(String socketId, PlaybackCommand command, long now) {
        Visitor visitor = visitors.get(socketId);
        if (visitor == null) {
            return;
        }
        Transition transition = rules.apply(state, command, sender(visitor), now);
        state = transition.state();
        listener.onEvent(event(socketId, transition));
    }

    private SessionEvent event(String socketId, Transition transition) {
        if (transition instanceof Transition.Changed changed) {
            return new SessionEvent.Changed(id, state, changed.changes());
        }
        return new Corrected(id, socketId, state, transition instanceof Transition.Contradicted);
    }

    private Sender sender(Visitor visitor) {
        Optional<Participant> participant = Optional.ofNullable(participants.get(visitor.socketId()));
        int others = participants.size() - (participant.isPresent() ? 1 : 0);
        return new Sender(
                visitor.socketId(),
                participant.map(Participant::username).orElse(Username.UNKNOWN),
                visitor.echoes(),
                participant.map(joined -> OptionalLong.of(joined.joinedAt())).orElseGet(OptionalLong::empty),
                others == 0);
    }

    void leave(String socketId, long now) {
        if (visitors.remove(socketId) == null) {
            return;
        }
        Optional<Participant> participant = Optional.ofNullable(participants.remove(socketId));
        emptySince = now;
        listener.onEvent(new Left(id, socketId, participant));
    }

    /** Marks an empty room as gone; who still holds it must ask for it anew. */
    boolean dropIfIdle(long now, long idleAfterMillis) {
        dropped = visitors.isEmpty() && now - emptySince >= idleAfterMillis;
        return dropped;
    }

    boolean isDropped() {
        return dropped;
    }

    private Snapshot snapshot() {
        List<Participant> joined = new ArrayList<>(participants.values());
        return new Snapshot(state, joined);
    }
}
