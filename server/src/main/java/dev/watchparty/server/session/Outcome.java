package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The result of a rule: the new state of the room, and the events that describe the difference, in their order.
 *
 * @param events empty if no socket must be notified
 * @param refusal why the request was not carried out, for its sender; empty if it was
 */
public record Outcome(RoomState state, List<SessionEvent> events, Optional<SessionException> refusal) {
    public Outcome {
        requireNonNull(state, "state is null");
        events = List.copyOf(events);
        requireNonNull(refusal, "refusal is null");
    }

    Outcome(RoomState state, List<SessionEvent> events) {
        this(state, events, Optional.empty());
    }

    /** The settings have changed, and nothing else. */
    static Outcome changed(RoomState state) {
        return of(state, new SessionEvent.Changed(state.room(), state.playback(), List.of()));
    }

    /** A refusal that changes nothing, and of which only the sender hears. */
    static Outcome refused(RoomState state, SessionException refusal) {
        return new Outcome(state, List.of(), Optional.of(refusal));
    }

    static Outcome of(RoomState state, SessionEvent... events) {
        return new Outcome(state, List.of(events));
    }
}
