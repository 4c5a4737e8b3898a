package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.SubjectProcess;
import java.util.List;
import java.util.Map;

/** From the start of the process until the first client has its {@code session:init}. */
final class Startup extends SizedScenario {
    Startup() {
        super("startup", List.of(1));
    }

    @Override
    Map<Metric, Double> measure(SubjectProcess subject, int users) {
        try (Crowd crowd = new Crowd(subject.port())) {
            subject.awaitListening();
            crowd.connect(users, users, client -> "");
            return Map.of(Metric.STARTUP, Load.millis(subject.age()));
        }
    }
}
