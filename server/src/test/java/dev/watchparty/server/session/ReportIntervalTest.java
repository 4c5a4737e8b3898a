package dev.watchparty.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportIntervalTest {
    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 1000", "50, 1000", "75, 1500", "200, 4000", "500, 10000", "2000000000, 10000"})
    void intervalGrowsWithTheRoomWithinItsBounds(int participants, long millis) {
        assertThat(ReportInterval.of(participants)).isEqualTo(Duration.ofMillis(millis));
    }
}
