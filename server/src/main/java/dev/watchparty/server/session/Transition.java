package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;

/** The effect of a command on a session. */
sealed interface Transition {
    /** The session after the command. */
    SessionState state();

    /** The session changed for all sockets, in these steps. */
    record Changed(SessionState state, List<PlaybackChange> changes) implements Transition {
        public Changed {
            requireNonNull(state, "state is null");
            changes = List.copyOf(changes);
        }
    }

    /**
     * The session did not change: the sender repeated its current state, {@code lag} seconds behind the room, or ahead
     * of it if negative.
     */
    record Repeated(SessionState state, double lag) implements Transition {
        public Repeated {
            requireNonNull(state, "state is null");
            checkArgument(Double.isFinite(lag), "lag: %s (expected: finite)", lag);
        }
    }

    /**
     * The session did not change: the sender's player contradicts the room, and no person intended that. Only the
     * sender is corrected, under a number of the room that only the sender will see.
     */
    record Contradicted(SessionState state) implements Transition {
        public Contradicted {
            requireNonNull(state, "state is null");
        }
    }
}
