package dev.watchparty.server.identity;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.logging.ThrottledLog;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionEvent.Revived;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.Visitor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes lost participants from their rooms when the grace has passed.
 *
 * <p>A return cancels nothing: a store ignores the end of a visit that is not the latest.
 */
@API(status = API.Status.INTERNAL)
@Singleton
public final class LeaveGrace implements SessionListener {
    /** How long a page may take to be loaded again. */
    private static final Duration RELOAD = Duration.ofSeconds(4);

    private static final Logger log = LoggerFactory.getLogger(LeaveGrace.class);

    private final ThrottledLog failures = new ThrottledLog(count -> log.atError()
            .addKeyValue("count", count)
            .setCause(this.cause)
            .log("the store could not take participants out of their rooms"));
    private volatile Throwable cause; // of the latest failure

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
            ask(() -> presence.lose(room, visitor));
            leaveLater(room, visitor, config.grace());
        } else {
            gone(room, visitor);
        }
    }

    /**
     * The page of a visitor was closed: the visitor leaves soon, unless the page is loaded again. Meanwhile it keeps its
     * place for the participant.
     */
    public void closed(RoomId room, Visitor visitor) {
        if (config.enabled() && !config.grace().isZero()) {
            ask(() -> presence.lose(room, visitor));
            leaveLater(room, visitor, config.grace().compareTo(RELOAD) < 0 ? config.grace() : RELOAD);
        } else {
            gone(room, visitor);
        }
    }

    /** A visitor has chosen to go, or was sent away: it leaves at once. */
    public void gone(RoomId room, Visitor visitor) {
        ask(() -> presence.leave(room, visitor));
    }

    private void leaveLater(RoomId room, Visitor visitor, Duration grace) {
        if (!timer.isShutdown()) {
            timer.schedule(() -> gone(room, visitor), grace.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Nobody waits for the answer, so a failure is logged here or nowhere. */
    private void ask(Supplier<CompletionStage<Void>> call) {
        try {
            call.get().whenComplete((done, failure) -> report(failure));
        } catch (RuntimeException e) {
            report(e);
        }
    }

    private void report(Throwable failure) {
        if (failure != null) {
            cause = failure;
            failures.count();
        }
    }

    /** The participants of an earlier run may still come back. */
    @Override
    public void revived(Revived event) {
        event.awaited().forEach(visitor -> leaveLater(event.room(), visitor, config.grace()));
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
    public void reported(Reported event) {}

    @Override
    public void changed(Changed event) {}

    @Override
    public void corrected(Corrected event) {}
}
