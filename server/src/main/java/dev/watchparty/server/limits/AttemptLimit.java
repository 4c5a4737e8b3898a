package dev.watchparty.server.limits;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.apiguardian.api.API;

/**
 * Limits how often each of many clients tries something, by a token bucket for each. It may be used by any thread.
 *
 * @param <K> that by which a client is known, with {@code equals}
 */
@API(status = API.Status.INTERNAL)
public final class AttemptLimit<K> {
    /** How many clients are remembered. */
    private static final int MAX_CLIENTS = 100_000;

    private final boolean enabled;
    private final LoadingCache<K, Client> clients;

    /**
     * The attempts of one client.
     *
     * @param bucket those of this node
     * @param shared those of all nodes together; empty if each node counts alone
     */
    private record Client(Bucket bucket, Optional<SharedTokens> shared) {
        Duration begin() {
            if (shared.isEmpty()) {
                return Duration.ofNanos(bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
            }
            return shared.get().takeUncounted() ? Duration.ZERO : shared.get().untilOne();
        }
    }

    /**
     * Counts attempts on all nodes together.
     *
     * @param <K> that by which a client is known
     */
    @FunctionalInterface
    public interface Counter<K> {
        /** As {@link SharedLimits#count}. */
        CompletionStage<Duration> count(K client, long count);
    }

    /**
     * A limit for which each node counts alone.
     *
     * @param enabled false to limit nobody
     */
    public AttemptLimit(boolean enabled, MinuteRate rate) {
        this(enabled, rate, TimeMeter.SYSTEM_NANOTIME);
    }

    /** @param time in nanoseconds */
    public AttemptLimit(boolean enabled, MinuteRate rate, TimeMeter time) {
        this(enabled, rate, time, (client, bucket) -> Optional.empty());
    }

    private AttemptLimit(
            boolean enabled, MinuteRate rate, TimeMeter time, BiFunction<K, Bucket, Optional<SharedTokens>> sharing) {
        requireNonNull(rate, "rate is null");
        requireNonNull(time, "time is null");
        this.enabled = enabled;
        // A client is forgotten when its bucket is full again, so that it gains nothing.
        this.clients = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .expireAfterAccess(rate.untilFull())
                .ticker(time::currentTimeNanos)
                .build(key -> {
                    Bucket bucket = rate.newBucket(time);
                    return new Client(bucket, sharing.apply(key, bucket));
                });
    }

    /**
     * A limit for which all nodes count together, if the settings say so.
     *
     * @param counter unused if each node counts alone
     * @param time in nanoseconds
     */
    public static <K> AttemptLimit<K> of(LimitsConfig config, MinuteRate rate, Counter<K> counter, TimeMeter time) {
        return config.shared()
                ? shared(config.enabled(), rate, counter, time)
                : new AttemptLimit<>(config.enabled(), rate, time);
    }

    static <K> AttemptLimit<K> shared(boolean enabled, MinuteRate rate, Counter<K> counter, TimeMeter time) {
        requireNonNull(counter, "counter is null");
        return new AttemptLimit<>(
                enabled,
                rate,
                time,
                (client, bucket) -> Optional.of(
                        new SharedTokens(new LocalTokens(bucket), count -> counter.count(client, count), time)));
    }

    /** Counts an attempt. Returns zero if it may go on, or else how long it takes until the next one may. */
    public Duration attempt(K client) {
        Duration wait = begin(client);
        if (wait.isZero()) {
            count(client);
        }
        return wait;
    }

    /**
     * As {@link #attempt}, for an attempt that counts only if it turns out badly: on this node until {@link #forgive}, and
     * on the others from {@link #count} on.
     */
    public Duration begin(K client) {
        return enabled ? clients.get(client).begin() : Duration.ZERO;
    }

    /** An attempt that has begun counts on all nodes. */
    public void count(K client) {
        if (enabled) {
            clients.get(client).shared().ifPresent(SharedTokens::countOne);
        }
    }

    /** An attempt that has begun does not count. */
    public void forgive(K client) {
        if (enabled) {
            clients.get(client).bucket().addTokens(1);
        }
    }
}
