package dev.watchparty.server.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The packets that a socket or an address may still send, of each kind. A bucket is created when its kind is first
 * sent.
 */
final class Allowance {
    private final Map<EventKind, Bucket> buckets = new ConcurrentHashMap<>();
    private final Function<EventKind, Rate> rates;
    private final TimeMeter time;

    Allowance(Function<EventKind, Rate> rates, TimeMeter time) {
        this.rates = rates;
        this.time = time;
    }

    boolean take(EventKind kind) {
        return bucket(kind).tryConsume(1);
    }

    /** How long it takes until one of a kind is available, whole milliseconds; zero if one is available now. */
    Duration untilOne(EventKind kind) {
        EstimationProbe estimate = bucket(kind).estimateAbilityToConsume(1);
        return estimate.canBeConsumed()
                ? Duration.ZERO
                : Duration.ofNanos(estimate.getNanosToWaitForRefill())
                        .truncatedTo(ChronoUnit.MILLIS)
                        .plusMillis(1);
    }

    private Bucket bucket(EventKind kind) {
        return buckets.computeIfAbsent(kind, first -> rates.apply(first).newBucket(time));
    }
}
