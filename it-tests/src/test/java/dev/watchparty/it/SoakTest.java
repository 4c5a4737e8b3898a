package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.ProcessVitals;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingCrowd;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Hundreds of people for any length of time, with {@code -Dsoak.minutes=10}: they play, leave, lose the network one by
 * one and all together, and come back. The server's memory must not grow.
 */
@EnabledIfSystemProperty(named = "soak.minutes", matches = "\\d+")
class SoakTest {
    private static final int PEOPLE = 300;
    private static final int ROOMS = 30;
    private static final int ACTIONS_PER_SECOND = 40;
    private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(30);

    /** All connections are cut once in this many samples. */
    private static final int STORM_EVERY = 4;

    private static final long MIB = 1024 * 1024;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    private final List<ProcessVitals> samples = new ArrayList<>();

    @Test
    void nothingGrows() throws InterruptedException {
        long minutes = Long.getLong("soak.minutes");
        // The heap is reserved at once, so that a growth of the resident memory comes from outside the heap.
        TestingServerProcess server = party.use(TestingServerProcess.start(
                List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"),
                Map.of(ServerKeys.RECOVERY_GRACE, "5 s", "watchparty.recovery.window", "30 s")));
        TestingCrowd crowd = new TestingCrowd(server, PEOPLE, ROOMS);
        long start = System.nanoTime();
        System.out.println(ProcessVitals.header());
        for (int sample = 1; sample <= Duration.ofMinutes(minutes).dividedBy(SAMPLE_INTERVAL); sample++) {
            crowd.live(ACTIONS_PER_SECOND);
            sleepUntil(start + sample * SAMPLE_INTERVAL.toNanos());
            crowd.rest();
            if (sample % STORM_EVERY == 0) {
                crowd.storm(1000);
            }
            samples.add(server.vitals());
            System.out.println(samples.get(samples.size() - 1)
                    .row(Duration.ofNanos(System.nanoTime() - start).toSeconds()));
        }
        assertThat(samples).extracting(ProcessVitals::sessions).allSatisfy(sessions -> assertThat(sessions)
                .isBetween(PEOPLE, PEOPLE + PEOPLE / 10));
        crowd.close();
        server.awaitSessions(0);
        System.out.println(
                server.vitals().row(Duration.ofNanos(System.nanoTime() - start).toSeconds()));
        assertSteady("heap", ProcessVitals::heap, 8 * MIB);
        assertSteady("direct memory", ProcessVitals::direct, 8 * MIB);
        assertSteady("resident memory", ProcessVitals::resident, 24 * MIB);
        assertSteady("threads", ProcessVitals::threads, 4);
        server.assertNothingLeft();
    }

    /** The behaviour of people in a soak depends on the clock, so there is no condition to wait for. */
    private static void sleepUntil(long nanos) throws InterruptedException {
        Thread.sleep(Math.max(0, (nanos - System.nanoTime()) / 1_000_000));
    }

    /** Asserts that the last third of the run is not above the first by more than a margin. */
    private void assertSteady(String what, ToLongFunction<ProcessVitals> value, long margin) {
        int third = Math.max(1, samples.size() / 3);
        double first = mean(samples.subList(0, third), value);
        double last = mean(samples.subList(samples.size() - third, samples.size()), value);
        assertThat(last)
                .as("%s in the last third, after %.0f in the first", what, first)
                .isLessThan(first + margin);
    }

    private static double mean(List<ProcessVitals> samples, ToLongFunction<ProcessVitals> value) {
        return samples.stream().mapToLong(value).average().orElseThrow();
    }
}
