package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.SubjectProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How fast clients are admitted: from the connection to {@code session:init}. */
final class Accept extends SizedScenario {
    /** How often the same number of clients connects before it is measured. */
    private static final int WARM_UPS = 2;

    /** The time for a server to finish with clients that have left. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    Accept(List<Integer> sizes) {
        super("accept", sizes);
    }

    @Override
    public boolean suits(Subject subject) {
        return !subject.sharesRooms();
    }

    @Override
    Map<Metric, Double> measure(SubjectProcess subject, int users) {
        subject.awaitListening();
        for (int i = 0; i < WARM_UPS; i++) {
            arrive(subject, users);
            Load.idle(SETTLE);
        }
        return arrive(subject, users);
    }

    /** Counts the cost of the arrivals, not of the departures. */
    private static Map<Metric, Double> arrive(SubjectProcess subject, int users) {
        try (Crowd crowd = new Crowd(subject.port())) {
            Duration before = subject.meter().cpu();
            Duration time = crowd.connect(users, Load.CONNECTS_IN_FLIGHT, client -> "");
            Duration used = subject.meter().cpu().minus(before);
            return Map.of(
                    Metric.ACCEPT_RATE,
                    users / (Load.millis(time) / 1000),
                    Metric.CPU_PER_CONNECTION,
                    Load.micros(used) / users);
        }
    }
}
