package dev.watchparty.server.identity;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Revived;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.Visitor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;

/**
 * Removes lost participants from their rooms when the grace has passed.
 *
 * <p>A return cancels nothing: a store ignores the end of a visit that is not the latest.
 */
@API(status = API.Status.INTERNAL)
@Singleton
public final class LeaveGrace implements SessionListener {
    private final PresenceStore presence;
    private final RecoveryConfig config;
    private final ScheduledExecutorService timer;

    @Inject
    LeaveGrace(PresenceStore presence, RecoveryConfig config, ScheduledExecutorService timer) {
        this.presence = requireNonNull(presence, "presence is null");
        this.config = requireNonNull(config, "config is null");
        this.timer = requireNonNull(timer, "timer is null");
    }

    /**
     * The connection of a visitor is lost: the visitor leaves after the grace, or at once if clients may not come back.
     */
    public void lost(RoomId room, Visitor visitor) {
        if (config.enabled()) {
            presence.lose(room, visitor);
            leaveLater(room, visitor);
        } else {
            presence.leave(room, visitor);
        }
    }

    private void leaveLater(RoomId room, Visitor visitor) {
        if (!timer.isShutdown()) {
            timer.schedule(() -> presence.leave(room, visitor), config.grace().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The participants of an earlier run may still come back. */
    @Override
    public void revived(Revived event) {
        event.awaited().forEach(visitor -> leaveLater(event.room(), visitor));
    }

    @Override
    public void entered(Entered event) {
        // The grace is for losses only.
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
