package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.SubjectProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How fast people are let in: from the connection to {@code session:init}. */
final class Accept implements Scenario {
    private static final int WARM_UP = 3_000;

    private final List<Integer> sizes;

    Accept(List<Integer> sizes) {
        this.sizes = sizes;
    }

    @Override
    public String name() {
        return "accept";
    }

    @Override
    public List<Integer> sizes() {
        return sizes;
    }

    @Override
    public boolean suits(Subject subject) {
        return true;
    }

    @Override
    public Map<Metric, Double> measure(SubjectProcess subject, int users) {
        subject.awaitListening();
        connect(subject, Math.min(WARM_UP, users));
        Duration before = subject.meter().cpu();
        Duration time = connect(subject, users);
        Duration used = subject.meter().cpu().minus(before);
        return Map.of(
                Metric.ACCEPT_RATE,
                users / (Load.millis(time) / 1000),
                Metric.CPU_PER_CONNECTION,
                Load.micros(used) / users);
    }

    private static Duration connect(SubjectProcess subject, int users) {
        try (Crowd crowd = new Crowd(subject.port())) {
            return crowd.connect(users, Load.CONNECTS_IN_FLIGHT, client -> "");
        }
    }
}
