package dev.watchparty.server.limits;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/**
 * The tokens that an address has on all nodes together. A node decides at once, and counts for the others afterwards. So
 * for the time of a round trip the nodes may allow too much together; they make up for it before they allow more.
 *
 * <p>At most one count is on its way at a time. Tokens taken meanwhile are counted with the next one. While the
 * others cannot be reached, the node's own tokens are the limit.
 */
final class SharedTokens implements Tokens {
    private final Tokens own;
    private final LongFunction<CompletionStage<Duration>> counter;
    private final TimeMeter time;
    private long uncounted; // guarded by this, as is the next
    private boolean counting;
    private volatile long blockedUntil;

    /** @param counter {@link SharedLimits#count} for this limit of this address */
    SharedTokens(Tokens own, LongFunction<CompletionStage<Duration>> counter, TimeMeter time) {
        this.own = own;
        this.counter = counter;
        this.time = time;
        this.blockedUntil = time.currentTimeNanos();
    }

    @Override
    public boolean take() {
        boolean isTaken = takeUncounted();
        if (isTaken) {
            countOne();
        }
        return isTaken;
    }

    /** Takes one of which the others do not hear. */
    boolean takeUncounted() {
        return blockedNanos() <= 0 && own.take();
    }

    /** Counts one for the others. */
    void countOne() {
        synchronized (this) {
            uncounted++;
        }
        count();
    }

    @Override
    public Duration untilOne() {
        long blocked = blockedNanos();
        Duration until = own.untilOne();
        Duration shared = blocked > 0 ? LocalTokens.wholeMillis(blocked) : Duration.ZERO;
        return shared.compareTo(until) > 0 ? shared : until;
    }

    private long blockedNanos() {
        return blockedUntil - time.currentTimeNanos();
    }

    private void count() {
        long count;
        synchronized (this) {
            if (counting || uncounted == 0) {
                return;
            }
            counting = true;
            count = uncounted;
            uncounted = 0;
        }
        counter.apply(count).whenComplete((blocked, failure) -> {
            if (failure == null) {
                blockedUntil = time.currentTimeNanos() + blocked.toNanos();
            }
            synchronized (this) {
                counting = false;
            }
            count();
        });
    }
}
