package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The result of a rule: the room as it is now, and the events that tell of the difference, in their order.
 *
 * @param events empty if no socket has to be told
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
