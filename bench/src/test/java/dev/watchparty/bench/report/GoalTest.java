package dev.watchparty.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.bench.report.Goal.Verdict;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static Verdict atMost(double limit, double min, double max) {
        return new Goal("a goal", new Spread(min, (min + max) / 2, max), limit, true).verdict();
    }

    private static Verdict atLeast(double limit, double min, double max) {
        return new Goal("a goal", new Spread(min, (min + max) / 2, max), limit, false).verdict();
    }

    @Test
    void allRoundsWithinTheLimitMeetIt() {
        assertThat(atMost(2, 1, 2)).isEqualTo(Verdict.MET);
        assertThat(atLeast(2, 2, 3)).isEqualTo(Verdict.MET);
    }

    @Test
    void noRoundWithinTheLimitMissesIt() {
        assertThat(atMost(2, 2.1, 3)).isEqualTo(Verdict.MISSED);
        assertThat(atLeast(2, 1, 1.9)).isEqualTo(Verdict.MISSED);
    }

    @Test
    void limitAmongTheRoundsIsUndecided() {
        assertThat(atMost(2, 1, 2.1)).isEqualTo(Verdict.UNDECIDED);
        assertThat(atLeast(2, 1.9, 3)).isEqualTo(Verdict.UNDECIDED);
    }
}
