package dev.watchparty.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ThrottledLogTest {
    private final Duration interval = Duration.ofSeconds(10);
    private final List<Long> reports = new ArrayList<>();
    private long now = Long.MAX_VALUE - interval.toNanos() / 2; // System.nanoTime() may overflow
    private final ThrottledLog report = new ThrottledLog(interval, () -> now, reports::add);

    @Test
    void reportsTheFirstAtOnceAndLaterOnesTogether() {
        for (int i = 0; i < 1000; i++) {
            report.count();
        }
        assertThat(reports).containsExactly(1L);

        now += interval.toNanos();
        report.count();
        report.count();
        assertThat(reports).containsExactly(1L, 1000L);
    }

    @Test
    void reportsNothingThatDidNotHappen() {
        now += 10 * interval.toNanos();

        assertThat(reports).isEmpty();
        report.count();
        assertThat(reports).containsExactly(1L);
    }
}
