package dev.watchparty.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchparty.server.engineio.AddressKey;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AttemptLimit<String> limit = limit(true);

    @Test
    void burstIsFollowedByTheRate() {
        assertThat(attempts("a", 10_000)).isEqualTo(10);
        assertThat(limit.attempt("a")).isEqualTo(Duration.ofSeconds(10));
        pass(Duration.ofSeconds(9));
        assertThat(limit.attempt("a")).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(attempts("a", 100)).isEqualTo(1);
        pass(Duration.ofMinutes(1));
        assertThat(attempts("a", 100)).isEqualTo(6);
        pass(Duration.ofDays(1));
        assertThat(attempts("a", 100)).isEqualTo(10);
    }

    @Test
    void clientsCountApart() {
        assertThat(attempts("a", 100)).isEqualTo(10);
        assertThat(attempts("b", 100)).isEqualTo(10);
    }

    @Test
    void forgivenAttemptDoesNotCount() {
        IntStream.range(0, 100).forEach(i -> {
            assertThat(limit.attempt("a")).isZero();
            limit.forgive("a");
        });
        assertThat(attempts("a", 100)).isEqualTo(10);
    }

    @Test
    void clientThatIsForgottenGainsNothing() {
        attempts("a", 100);
        IntStream.range(0, 200).forEach(i -> {
            pass(Duration.ofMillis(500));
            attempts("other" + i, 1);
        });
        assertThat(attempts("a", 100)).isEqualTo(10); // as many as 100 s have refilled
    }

    /** A node decides at once, and obeys the others from the moment when it hears of them. */
    @Test
    void nodesCountTheAttemptsOfAnAddressTogether() {
        AddressKey address = new AddressKey(1);
        AtomicReference<Duration> blocked = new AtomicReference<>(Duration.ZERO);
        List<String> counted = new ArrayList<>();
        AttemptLimit<AddressKey> shared = AttemptLimit.shared(
                true,
                new MinuteRate(6, 10),
                (client, count) -> {
                    counted.add("%x %d".formatted(client.network(), count));
                    return CompletableFuture.completedStage(blocked.get());
                },
                new TestingTime());

        assertThat(shared.attempt(address)).isZero();
        blocked.set(Duration.ofSeconds(30));
        assertThat(shared.attempt(address)).isZero();
        assertThat(shared.attempt(address)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
        assertThat(shared.attempt(new AddressKey(2))).isZero();
        blocked.set(Duration.ZERO);
        pass(Duration.ofSeconds(31));
        assertThat(shared.attempt(address)).isZero();
        assertThat(counted).containsExactly("1 1", "1 1", "2 1", "1 1");
    }

    @Test
    void attemptThatIsForgivenIsNotCountedByTheOtherNodes() {
        List<Long> counted = new ArrayList<>();
        AttemptLimit<String> shared = AttemptLimit.shared(
                true,
                new MinuteRate(6, 10),
                (client, count) -> {
                    counted.add(count);
                    return CompletableFuture.completedStage(Duration.ofSeconds(30));
                },
                new TestingTime());
        IntStream.range(0, 100).forEach(i -> {
            assertThat(shared.begin("a")).isZero();
            shared.forgive("a");
        });
        assertThat(counted).isEmpty();

        assertThat(shared.begin("a")).isZero();
        shared.count("a");
        assertThat(counted).containsExactly(1L);
        assertThat(shared.begin("a")).isPositive();
    }

    @Test
    void switchedOffLimitsNobody() {
        AttemptLimit<String> off = limit(false);

        assertThat(IntStream.range(0, 1000).filter(i -> off.attempt("a").isZero()))
                .hasSize(1000);
        off.forgive("a");
    }

    @Test
    void rateIsPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MinuteRate(0, 1))
                .withMessage("perMinute: 0 (expected: 1 .. 1000000)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MinuteRate(1, 0))
                .withMessage("burst: 0 (expected: 1 .. 1000000)");
    }

    private AttemptLimit<String> limit(boolean enabled) {
        return new AttemptLimit<>(enabled, new MinuteRate(6, 10), new TestingTime());
    }

    private long attempts(String client, int count) {
        return IntStream.range(0, count)
                .filter(i -> limit.attempt(client).isZero())
                .count();
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private final class TestingTime implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
