package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.SubjectProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether memory stays constant while people watch, come and go for a long time. */
final class Soak extends SizedScenario {
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);
    private static final int VISITORS = 100;
    private static final double BROADCASTS_A_SECOND = 5;

    private final Load load;

    Soak(List<Integer> sizes, Load load) {
        super("soak", sizes);
        this.load = load;
    }

    @Override
    public int rounds(int wanted) {
        return 1;
    }

    @Override
    public boolean suits(Subject subject) {
        return subject == Subject.OURS || subject == Subject.NODE;
    }

    @Override
    Map<Metric, Double> measure(SubjectProcess subject, int users) {
        try (Crowd crowd = new Crowd(subject.awaitListening().port())) {
            crowd.connect(users, Load.CONNECTS_IN_FLIGHT, client -> "");
            Broadcasting broadcasting = new Broadcasting(crowd, users, 1);
            broadcasting.nameSenders();
            broadcasting.warmUp(load.warmUp());
            List<Long> resident = new ArrayList<>();
            long end = System.nanoTime() + load.soak().toNanos();
            while (System.nanoTime() < end) {
                visit(subject);
                broadcasting
                        .paced(BROADCASTS_A_SECOND, (int) (BROADCASTS_A_SECOND * BETWEEN_SAMPLES.toSeconds()))
                        .check();
                resident.add(subject.meter().residentBytes());
            }
            int third = Math.max(1, resident.size() / 3);
            double first = mean(resident.subList(0, third));
            double last = mean(resident.subList(resident.size() - third, resident.size()));
            return Map.of(Metric.RESIDENT, last / 1e6, Metric.RESIDENT_GROWTH, last / first);
        }
    }

    /** Some clients connect, join, and leave. */
    private static void visit(SubjectProcess subject) {
        try (Crowd visitors = new Crowd(subject.port())) {
            visitors.connect(VISITORS, VISITORS, client -> "");
            visitors.run(() -> {
                for (int visitor = 0; visitor < VISITORS; visitor++) {
                    visitors.viewer(visitor).join("visitor");
                    visitors.viewer(visitor).leave();
                }
            });
        }
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElseThrow();
    }
}
