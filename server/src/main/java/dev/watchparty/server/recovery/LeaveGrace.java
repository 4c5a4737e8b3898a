package dev.watchparty.server.recovery;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Revived;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.Visitor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets those who were lost leave the session when the grace has passed.
 *
 * <p>Nothing is cancelled when somebody comes back: a store ignores the end of a visit that is not the latest.
 */
@Singleton
public final class LeaveGrace implements SessionListener {
    private final SessionStore store;
    private final RecoveryConfig config;
    private final ScheduledExecutorService timer;

    @Inject
    LeaveGrace(SessionStore store, RecoveryConfig config, ScheduledExecutorService timer) {
        this.store = requireNonNull(store, "store is null");
        this.config = requireNonNull(config, "config is null");
        this.timer = requireNonNull(timer, "timer is null");
    }

    /** Somebody was lost, and is awaited for as long as the grace. */
    public void await(RoomId room, Visitor visitor) {
        if (!timer.isShutdown()) {
            timer.schedule(() -> store.leave(room, visitor), config.grace().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Those who were in a session of an earlier run may still come back. */
    @Override
    public void revived(Revived event) {
        event.awaited().forEach(visitor -> await(event.room(), visitor));
    }

    @Override
    public void entered(Entered event) {
        // Nobody is awaited for it.
    }

    @Override
    public void joined(Joined event) {}

    @Override
    public void left(Left event) {}

    @Override
    public void changed(Changed event) {}

    @Override
    public void corrected(Corrected event) {}
}
