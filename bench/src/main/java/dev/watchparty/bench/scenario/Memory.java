package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.SubjectProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The cost of clients that do nothing. */
final class Memory extends SizedScenario {
    private static final Duration SETTLE = Duration.ofSeconds(5);

    Memory(List<Integer> sizes) {
        super("memory", sizes);
    }

    @Override
    Map<Metric, Double> measure(SubjectProcess subject, int users) {
        subject.awaitListening();
        Load.idle(SETTLE);
        long fresh = subject.meter().residentBytes();
        try (Crowd crowd = new Crowd(subject.port())) {
            crowd.connect(users, Load.CONNECTS_IN_FLIGHT, client -> "");
            Load.idle(SETTLE);
            crowd.check();
            long resident = subject.meter().residentBytes();
            return Map.of(
                    Metric.RESIDENT_FRESH, Load.megabytes(fresh),
                    Metric.RESIDENT, Load.megabytes(resident),
                    Metric.RESIDENT_PER_CONNECTION, (resident - fresh) / 1000.0 / users);
        }
    }
}
