package dev.watchparty.server.session.memory;

import dev.watchparty.server.session.Outcome;
import dev.watchparty.server.session.RoomState;
import dev.watchparty.server.session.SessionEvent;
import java.util.function.Consumer;

/**
 * One room: its state, and the order of its changes.
 *
 * <p>INVARIANT: {@link #change} and {@link #dropIfIdle} are called with the room's monitor held, and listeners receive
 * the events before it is released. So all listeners receive the events of a room in the same order.
 */
final class Room {
    private final Consumer<SessionEvent> listener;
    private volatile RoomState state;
    private long emptySince; // ms since the epoch
    private boolean dropped;

    /** @param emptySince since when nobody has been in it, ms since the epoch */
    Room(RoomState initial, long emptySince, Consumer<SessionEvent> listener) {
        this.state = initial;
        this.listener = listener;
        this.emptySince = emptySince;
    }

    /** The current state. May be called on any thread, without the monitor. */
    RoomState state() {
        return state;
    }

    /** A rule, applied to a state. */
    interface Rule {
        Outcome apply(RoomState state);
    }

    Outcome change(Rule rule, long now) {
        Outcome outcome = rule.apply(state);
        if (outcome.state().roster().isEmpty() && !state.roster().isEmpty()) {
            emptySince = now;
        }
        state = outcome.state();
        outcome.events().forEach(listener);
        return outcome;
    }

    /** Marks an empty room as dropped, for good. A caller that holds a dropped room must ask for the room again. */
    boolean dropIfIdle(long now, long idleAfterMillis) {
        dropped |= state.roster().isEmpty() && now - emptySince >= idleAfterMillis;
        return dropped;
    }

    boolean isDropped() {
        return dropped;
    }
}
