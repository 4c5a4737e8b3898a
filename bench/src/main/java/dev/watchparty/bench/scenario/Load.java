package dev.watchparty.bench.scenario;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How hard subjects are driven: the same for all, and far from what the slowest can take.
 *
 * @param deliveriesPerSecond messages that reach clients in a second, whatever the number of clients
 * @param warmUp messages that are delivered before anything is measured that is to be steady
 * @param duration of what is measured at a steady pace; with more than 8 s it may hold pings, see {@link Broadcasting}
 * @param soak how long the soak takes
 */
public record Load(int deliveriesPerSecond, int warmUp, Duration duration, Duration soak) {
    /** How many clients may be on their way in at a time. */
    static final int CONNECTS_IN_FLIGHT = 100;

    /** Broadcasts of one room. */
    double broadcastsPerSecond(int users) {
        return (double) deliveriesPerSecond / users;
    }

    /** Broadcasts of one room while it is measured. */
    int broadcasts(int users) {
        return (int) Math.max(5, Math.ceil(broadcastsPerSecond(users) * duration.toMillis() / 1000.0));
    }

    /** Waits for what a process does by itself: to compile, to collect, to send heartbeats. */
    static void idle(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static double megabytes(long bytes) {
        return bytes / 1e6;
    }

    static double millis(Duration duration) {
        return micros(duration) / 1000;
    }

    static double micros(Duration duration) {
        return (double) TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}
