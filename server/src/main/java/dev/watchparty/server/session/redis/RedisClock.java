package dev.watchparty.server.session.redis;

import dev.watchparty.server.session.ServerClock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clock of Redis, which all nodes share. Every reply carries its time. The reply with the least round trip within
 * the last minute or two counts: it is wrong by at most half of that round trip, as with Cristian's algorithm.
 *
 * <p>Time never runs backwards: if Redis' clock was set back, this one runs at half speed until both agree.
 */
final class RedisClock implements ServerClock {
    /** More than two good clocks drift apart between two samples, µs. */
    private static final double DRIFT_MICROS = 50_000;

    private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private Sample best; // of this period and the one before
    private Sample bestOfPeriod; // null before the first of the period
    private long periodEnd;
    private long lastNanos;
    private double lastMicros;

    private record Sample(long roundTripNanos, double offsetMicros) {
        boolean isBetterThan(Sample other) {
            return other == null || roundTripNanos <= other.roundTripNanos;
        }
    }

    /**
     * @param nanoTime as {@link System#nanoTime}
     * @param wallMillis the time until Redis has told its own, ms since the epoch
     */
    RedisClock(LongSupplier nanoTime, long wallMillis) {
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
        this.lastMicros = wallMillis * 1000.0;
        this.best = new Sample(Long.MAX_VALUE, lastMicros - lastNanos / 1000.0);
        this.periodEnd = lastNanos + PERIOD_NANOS;
    }

    /**
     * Redis has told its time.
     *
     * @param sentAt when it was asked, on {@code nanoTime}
     * @param receivedAt when it answered, on {@code nanoTime}
     * @param micros its time, µs since the epoch
     */
    synchronized void sample(long sentAt, long receivedAt, long micros) {
        Sample sample = new Sample(receivedAt - sentAt, micros - (sentAt + (receivedAt - sentAt) / 2) / 1000.0);
        boolean isFirst = best.roundTripNanos() == Long.MAX_VALUE;
        if (!isFirst && contradicts(sample, best)) {
            best = sample; // Redis' clock was set, or another Redis has another one
            bestOfPeriod = sample;
        }
        if (sample.isBetterThan(bestOfPeriod)) {
            bestOfPeriod = sample;
        }
        if (sample.isBetterThan(best)) {
            best = sample;
        }
        if (receivedAt - periodEnd >= 0) {
            best = bestOfPeriod;
            bestOfPeriod = null;
            periodEnd = receivedAt + PERIOD_NANOS;
        }
        if (isFirst) {
            lastNanos = receivedAt; // nothing has been measured by the wall clock yet that must not run backwards
            lastMicros = receivedAt / 1000.0 + best.offsetMicros();
        }
    }

    /** Whether two samples cannot both be right about one clock, however the round trips were divided. */
    private static boolean contradicts(Sample one, Sample other) {
        double error = (one.roundTripNanos() + other.roundTripNanos()) / 2000.0 + DRIFT_MICROS;
        return Math.abs(one.offsetMicros() - other.offsetMicros()) > error;
    }

    /** The current time, µs since the epoch; it never decreases. */
    synchronized long micros() {
        long now = nanoTime.getAsLong();
        double elapsed = Math.max(0, (now - lastNanos) / 1000.0);
        lastMicros = Math.max(lastMicros + elapsed / 2, now / 1000.0 + best.offsetMicros());
        lastNanos = now;
        return (long) lastMicros;
    }

    @Override
    public long millis() {
        return micros() / 1000;
    }
}
