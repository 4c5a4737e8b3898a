package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;

/** What a command did to a session. */
sealed interface Transition {
    /** The session as it is now. */
    SessionState state();

    /** It changed, for all to see, in these steps. */
    record Changed(SessionState state, List<PlaybackChange> changes) implements Transition {
        public Changed {
            requireNonNull(state, "state is null");
            changes = List.copyOf(changes);
        }
    }

    /** It did not: the sender repeated what already is, so far behind the room, s; ahead of it if negative. */
    record Repeated(SessionState state, double lag) implements Transition {
        public Repeated {
            requireNonNull(state, "state is null");
            checkArgument(Double.isFinite(lag), "lag: %s (expected: finite)", lag);
        }
    }

    /**
     * It did not: the sender's player contradicts the room, and nobody wished it. The sender alone is set right, under a
     * number of the room's that only it will see.
     */
    record Contradicted(SessionState state) implements Transition {
        public Contradicted {
            requireNonNull(state, "state is null");
        }
    }
}
