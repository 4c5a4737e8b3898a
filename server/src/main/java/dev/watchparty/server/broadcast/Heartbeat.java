package dev.watchparty.server.broadcast;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.eventloop.OutOfMemory;
import dev.watchparty.server.lifecycle.ManagedPart;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends heartbeats, once an interval for all playing rooms together. */
@API(status = API.Status.INTERNAL)
@Singleton
public final class Heartbeat implements ManagedPart {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final Broadcaster broadcaster;
    private final ScheduledExecutorService timer;
    private final Duration interval;
    private Future<?> beats; // null before the start

    @Inject
    Heartbeat(Broadcaster broadcaster, ScheduledExecutorService timer, HeartbeatInterval interval) {
        this.broadcaster = requireNonNull(broadcaster, "broadcaster is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.interval = interval.value();
    }

    @Override
    public void start() {
        beats = timer.scheduleWithFixedDelay(
                this::beat, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (beats != null) {
            beats.cancel(false);
        }
    }

    private void beat() {
        try {
            broadcaster.beat();
        } catch (RuntimeException | OutOfMemoryError e) {
            OutOfMemory.report(e);
            // An executor never calls a task again after it has thrown, and memory may be free again at the next beat.
            log.error("heartbeat failed", e);
        }
    }
}
