package dev.watchparty.server.limits;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.bucket4j.Bandwidth;
import java.time.Duration;
import org.apiguardian.api.API;

/**
 * An average rate of what people seldom do.
 *
 * @param perMinute 1 .. 1,000,000
 * @param burst how many at once, 1 .. 1,000,000
 */
@API(status = API.Status.INTERNAL)
public record MinuteRate(int perMinute, int burst) implements AverageRate {
    private static final int MAX = 1_000_000;

    public MinuteRate {
        checkArgument(perMinute >= 1 && perMinute <= MAX, "perMinute: %s (expected: 1 .. %s)", perMinute, MAX);
        checkArgument(burst >= 1 && burst <= MAX, "burst: %s (expected: 1 .. %s)", burst, MAX);
    }

    /** The longest time after which a bucket of this rate is as full as a new one. */
    Duration untilFull() {
        return Duration.ofMinutes(burst).dividedBy(perMinute).plusSeconds(1);
    }

    @Override
    public Bandwidth bandwidth() {
        return Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perMinute, Duration.ofMinutes(1))
                .build();
    }
}
