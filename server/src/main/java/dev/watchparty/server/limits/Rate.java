package dev.watchparty.server.limits;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.bucket4j.Bandwidth;
import java.time.Duration;
import org.apiguardian.api.API;

/**
 * An average rate.
 *
 * @param perSecond 1 .. 1,000,000
 * @param burst how many at once, 1 .. 1,000,000
 */
@API(status = API.Status.INTERNAL)
public record Rate(int perSecond, int burst) implements AverageRate {
    private static final int MAX = 1_000_000;

    public Rate {
        checkArgument(perSecond >= 1 && perSecond <= MAX, "perSecond: %s (expected: 1 .. %s)", perSecond, MAX);
        checkArgument(burst >= 1 && burst <= MAX, "burst: %s (expected: 1 .. %s)", burst, MAX);
    }

    /** The same rate for several clients that share one allowance. */
    Rate times(int factor) {
        return new Rate((int) Math.min(MAX, (long) perSecond * factor), (int) Math.min(MAX, (long) burst * factor));
    }

    @Override
    public Bandwidth bandwidth() {
        return Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build();
    }
}
