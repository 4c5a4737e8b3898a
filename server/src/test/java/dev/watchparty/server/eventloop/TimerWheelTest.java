package dev.watchparty.server.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimerWheelTest {
    private static final long TICK = TimerWheel.TICK;
    private static final long MS = Duration.ofMillis(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TestingWheel time = new TestingWheel();
    private final TestingWheel.Timer timer = time.newTimer();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3_999_999, 4_000_000, 4_000_001, 25_000_000_000L, 32_768_000_000L, 3_600_000_000_000L})
    void isNeverEarlyAndAtMostATickLate(long delay) {
        time.advance(3 * MS);
        timer.start(delay);
        time.advance(2 * delay + SECOND);

        assertThat(timer.expiries).hasSize(1);
        assertThat(timer.expiries.get(0) - 3 * MS).isBetween(delay, delay + TICK);
    }

    @Test
    void expiresOnce() {
        timer.start(5 * MS);
        time.advance(200 * SECOND);

        assertThat(timer.expiries).hasSize(1);
        assertThat(timer.isPending()).isFalse();
    }

    @Test
    void doesNotRunCancelledTimers() {
        timer.start(50 * MS);
        time.advance(20 * MS);
        timer.cancel();
        timer.cancel();
        time.advance(100 * SECOND);

        assertThat(timer.expiries).isEmpty();
    }

    @Test
    void postponesATimerThatIsStartedAgain() {
        timer.start(SECOND);
        for (int i = 0; i < 50; i++) {
            time.advance(900 * MS);
            timer.start(SECOND);
        }
        assertThat(timer.expiries).isEmpty();
        long started = time.now();
        time.advance(60 * SECOND);

        assertThat(timer.expiries).hasSize(1);
        assertThat(timer.expiries.get(0) - started).isBetween(SECOND, SECOND + TICK);
    }

    @Test
    void advancesATimerThatIsStartedAgainWithLess() {
        timer.start(50 * SECOND);
        time.advance(SECOND);
        timer.start(30 * MS);
        time.advance(100 * SECOND);

        assertThat(timer.expiries).hasSize(1);
        assertThat(timer.expiries.get(0)).isBetween(SECOND + 30 * MS, SECOND + 30 * MS + TICK);
    }

    @Test
    void startsAgainFromItsOwnTask() {
        timer.then = () -> timer.start(25 * SECOND);
        timer.start(25 * SECOND);
        time.advance(101 * SECOND);

        assertThat(timer.expiries).hasSize(4);
    }

    @Test
    void cancelsAndStartsOthersThatExpireWithIt() {
        TestingWheel.Timer other = time.newTimer();
        timer.then = other::cancel;
        other.then = timer::cancel;
        timer.start(MS);
        other.start(MS);
        time.advance(SECOND);
        assertThat(timer.expiries.size() + other.expiries.size()).isEqualTo(1);

        timer.then = () -> other.start(SECOND);
        other.then = () -> timer.start(SECOND);
        timer.start(MS);
        other.start(MS);
        time.advance(500 * MS);
        assertThat(timer.isPending()).isNotEqualTo(other.isPending());
    }

    @Test
    void continuesWhenATimerFails() {
        timer.then = () -> {
            throw new IllegalStateException("failed on purpose");
        };
        TestingWheel.Timer other = time.newTimer();
        timer.start(MS);
        other.start(MS);
        time.advance(SECOND);

        assertThat(other.expiries).hasSize(1);
    }

    @Test
    void sleepsWhileItHasNoTimers() {
        assertThat(time.isAsleep()).isTrue();
        timer.start(MS);
        assertThat(time.isAsleep()).isFalse();
        time.advance(SECOND);

        assertThat(time.isAsleep()).isTrue();
        time.advance(500 * SECOND);
        timer.start(20 * MS);
        time.advance(30 * MS);
        assertThat(timer.expiries).hasSize(2);
    }

    @Test
    void runsEachTimerOnceAfterTheThreadStoodStill() {
        List<TestingWheel.Timer> timers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            TestingWheel.Timer late = time.newTimer();
            late.start(i * SECOND);
            timers.add(late);
        }
        time.standStill(Duration.ofHours(5).toNanos());
        time.advance(0);

        assertThat(timers).allSatisfy(late -> assertThat(late.expiries).hasSize(1));
        assertThat(time.isAsleep()).isTrue();
    }

    /** Each timer is started, postponed, advanced and cancelled at random. */
    @Test
    void keepsAHundredThousandTimersApart() {
        Random random = new Random(1);
        TestingWheel.Timer[] timers = new TestingWheel.Timer[100_000];
        long[] due = new long[timers.length]; // 0: cancelled
        for (int i = 0; i < timers.length; i++) {
            timers[i] = time.newTimer();
            due[i] = start(timers[i], random);
        }
        for (int step = 0; step < 200; step++) {
            time.advance(random.nextLong(SECOND));
            for (int n = 0; n < 5000; n++) {
                int i = random.nextInt(timers.length);
                if (timers[i].isPending() && random.nextInt(4) == 0) {
                    timers[i].cancel();
                    due[i] = 0;
                } else if (timers[i].isPending()) {
                    due[i] = start(timers[i], random);
                }
            }
        }
        time.advance(200 * SECOND);

        for (int i = 0; i < timers.length; i++) {
            if (due[i] == 0) {
                assertThat(timers[i].expiries).isEmpty();
            } else {
                assertThat(timers[i].expiries).hasSize(1);
                assertThat(timers[i].expiries.get(0)).isBetween(due[i], due[i] + TICK);
            }
        }
        assertThat(time.isAsleep()).isTrue();
    }

    private long start(TestingWheel.Timer started, Random random) {
        long delay = 1 + random.nextLong(100 * SECOND);
        started.start(delay);
        return time.now() + delay;
    }
}
