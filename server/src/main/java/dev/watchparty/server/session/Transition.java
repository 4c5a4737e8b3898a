package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;

/** What a command did to a session. */
public sealed interface Transition {
    /** The session as it is now. */
    SessionState state();

    /** It changed, for all to see, in these steps. */
    record Changed(SessionState state, List<PlaybackChange> changes) implements Transition {
        public Changed {
            requireNonNull(state, "state is null");
            changes = List.copyOf(changes);
        }
    }

    /**
     * It did not: the sender repeated what already is. Only its position may need a correction, which leads the room's by
     * what the sender's player will lose when it follows, s, >= 0.
     */
    record Repeated(SessionState state, double lead) implements Transition {
        public Repeated {
            requireNonNull(state, "state is null");
            checkArgument(Double.isFinite(lead) && lead >= 0, "lead: %s (expected: finite, >= 0)", lead);
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
