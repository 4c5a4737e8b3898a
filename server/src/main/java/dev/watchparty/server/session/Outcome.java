package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The result of a rule: the new state of the room, and the events that describe the difference, in their order.
 *
 * @param events empty if no socket must be notified
 */
public record Outcome(RoomState state, List<SessionEvent> events) {
    public Outcome {
        requireNonNull(state, "state is null");
        events = List.copyOf(events);
    }

    static Outcome of(RoomState state, SessionEvent... events) {
        return new Outcome(state, List.of(events));
    }
}
