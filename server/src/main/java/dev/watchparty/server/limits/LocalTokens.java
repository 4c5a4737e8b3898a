package dev.watchparty.server.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The tokens of this node alone. */
record LocalTokens(Bucket bucket) implements Tokens {
    @Override
    public boolean take() {
        return bucket.tryConsume(1);
    }

    @Override
    public Duration untilOne() {
        EstimationProbe estimate = bucket.estimateAbilityToConsume(1);
        return estimate.canBeConsumed() ? Duration.ZERO : wholeMillis(estimate.getNanosToWaitForRefill());
    }

    /** At least as long, since a timer that is early would find no token. */
    static Duration wholeMillis(long nanos) {
        return Duration.ofNanos(nanos).truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    }
}
