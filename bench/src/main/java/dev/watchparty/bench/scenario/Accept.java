package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.SubjectProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How fast people are let in: from the connection to {@code session:init}. */
final class Accept extends SizedScenario {
    /** How often as many come before it counts. */
    private static final int WARM_UPS = 2;

    /** For a server to be done with those who have gone. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    Accept(List<Integer> sizes) {
        super("accept", sizes);
    }

    @Override
    public boolean suits(Subject subject) {
        return true;
    }

    @Override
    public Map<Metric, Double> measure(SubjectProcess subject, int users) {
        subject.awaitListening();
        for (int i = 0; i < WARM_UPS; i++) {
            arrive(subject, users);
            Load.idle(SETTLE);
        }
        return arrive(subject, users);
    }

    /** Counts what it costs that they come, and not that they go. */
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
