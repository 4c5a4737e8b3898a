package dev.watchparty.bench.scenario;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How hard subjects are driven: the same for all, and far from what the slowest can take.
 *
 * @param deliveriesPerSecond messages that reach clients in a second, whatever the number of clients
 * @param warmUp before anything is measured that is to be steady
 * @param duration of what is measured at a steady pace
 */
public record Load(int deliveriesPerSecond, Duration warmUp, Duration duration) {
    static final int CONNECTS_IN_FLIGHT = 100;

    /** Broadcasts of one room. */
    double broadcastsPerSecond(int users) {
        return (double) deliveriesPerSecond / users;
    }

    /** Broadcasts of one room while it is measured. */
    int broadcasts(int users) {
        return (int) Math.max(5, Math.ceil(broadcastsPerSecond(users) * duration.toMillis() / 1000.0));
    }

    static double micros(Duration duration) {
        return (double) TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}
