package dev.watchparty.bench.scenario;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The load on the subjects: the same for all, and far below the limit of the slowest.
 *
 * @param deliveriesPerSecond messages that reach clients in a second, whatever the number of clients
 * @param warmUp messages that are delivered before a steady price is measured
 * @param duration of a measurement at a steady pace; above 8 s it may include pings, see {@link Broadcasting}
 * @param soak how long the soak takes
 */
public record Load(int deliveriesPerSecond, int warmUp, Duration duration, Duration soak) {
    /** How many clients may be connecting at a time. */
    static final int CONNECTS_IN_FLIGHT = 100;

    /** Broadcasts of one room per second. */
    double broadcastsPerSecond(int users) {
        return (double) deliveriesPerSecond / users;
    }

    /** Broadcasts of one room during a measurement. */
    int broadcasts(int users) {
        return (int) Math.max(5, Math.ceil(broadcastsPerSecond(users) * duration.toMillis() / 1000.0));
    }

    /** Waits for the work that a process does by itself: to compile, to collect, to send heartbeats. */
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
