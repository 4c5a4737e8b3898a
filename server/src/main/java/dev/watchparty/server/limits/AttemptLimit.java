package dev.watchparty.server.limits;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.apiguardian.api.API;

/**
 * Limits how often each of many clients tries something, by a token bucket for each. It may be used by any thread. Each
 * node counts alone.
 *
 * @param <K> that by which a client is known, with {@code equals}
 */
@API(status = API.Status.INTERNAL)
public final class AttemptLimit<K> {
    /** How many clients are remembered. */
    private static final int MAX_CLIENTS = 100_000;

    private final boolean enabled;
    private final LoadingCache<K, Bucket> buckets;

    /** @param enabled false to limit nobody */
    public AttemptLimit(boolean enabled, MinuteRate rate) {
        this(enabled, rate, TimeMeter.SYSTEM_NANOTIME);
    }

    /** @param time in nanoseconds */
    public AttemptLimit(boolean enabled, MinuteRate rate, TimeMeter time) {
        requireNonNull(rate, "rate is null");
        requireNonNull(time, "time is null");
        this.enabled = enabled;
        // A client is forgotten when its bucket is full again, so that it gains nothing.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .expireAfterAccess(rate.untilFull())
                .ticker(time::currentTimeNanos)
                .build(key -> rate.newBucket(time));
    }

    /** Counts an attempt. Returns zero if it may go on, or else how long it takes until the next one may. */
    public Duration attempt(K client) {
        if (!enabled) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(
                buckets.get(client).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /** An attempt that has been counted does not count. */
    public void forgive(K client) {
        if (enabled) {
            buckets.get(client).addTokens(1);
        }
    }
}
