package dev.watchparty.server.session.redis;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.limits.AverageRate;
import dev.watchparty.server.limits.SharedLimits;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce.LettuceBasedProxyManagerBuilder;
import io.github.bucket4j.redis.lettuce.RedisApi;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Counts in Redis what each address does. A count is kept until its bucket would be full again. */
final class RedisLimits implements SharedLimits {
    private static final Duration SPARE_LIFE = Duration.ofSeconds(10);

    private final AsyncProxyManager<byte[]> buckets;
    private final RedisKeys keys;

    @Inject
    RedisLimits(RedisLink link, RedisConfig config, RedisClock clock) {
        requireNonNull(link, "link is null");
        requireNonNull(clock, "clock is null");
        this.keys = new RedisKeys(config.keyPrefix());
        this.buckets = new LettuceBasedProxyManagerBuilder<>(new LinkApi<>(link::reachable))
                .clientClock(new SharedTime(clock))
                .requestTimeout(config.timeout())
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(SPARE_LIFE))
                .build()
                .asAsync();
    }

    @Override
    public CompletionStage<Duration> count(String name, AddressKey address, AverageRate rate, long count) {
        try {
            Bandwidth bandwidth = rate.bandwidth();
            BucketConfiguration configuration =
                    BucketConfiguration.builder().addLimit(bandwidth).build();
            return buckets.getProxy(
                            keys.limit(name, bandwidth, address),
                            () -> CompletableFuture.completedFuture(configuration))
                    .consumeIgnoringRateLimits(count)
                    .thenApply(Duration::ofNanos);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Nodes whose clocks differ would fill the same bucket at different times. */
    private record SharedTime(RedisClock clock) implements TimeMeter {
        private static final long NANOS_PER_MICRO = 1000;

        @Override
        public long currentTimeNanos() {
            return clock.micros() * NANOS_PER_MICRO;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    /**
     * The commands that the library needs, over the connection of the store.
     *
     * @param <K> not the array of bytes that it is, because the library passes keys in an array of objects
     */
    private record LinkApi<K>(Supplier<RedisClusterAsyncCommands<K, byte[]>> commands) implements RedisApi<K> {
        @Override
        public <V> RedisFuture<V> eval(String script, ScriptOutputType type, K[] keys, byte[][] arguments) {
            return commands.get().eval(script, type, keys, arguments);
        }

        @Override
        public RedisFuture<byte[]> get(K key) {
            return commands.get().get(key);
        }

        @Override
        @SuppressWarnings("unchecked") // an array of objects, as the library passes it
        public RedisFuture<?> delete(K key) {
            return commands.get().del((K[]) new Object[] {key});
        }
    }
}
