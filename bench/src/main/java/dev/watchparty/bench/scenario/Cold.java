package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.SubjectProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The cost of the first broadcasts after a start, compared with a server that has run for a while. A ping to each
 * client may come during the latter: one for a thousand messages.
 */
final class Cold extends SizedScenario {
    private static final int BROADCASTS = 1_000;
    private static final int BROADCASTS_A_SECOND = 100;

    private final Load load;

    Cold(Load load) {
        super("cold", List.of(100));
        this.load = load;
    }

    @Override
    Map<Metric, Double> measure(SubjectProcess subject, int users) {
        try (Crowd crowd = new Crowd(subject.awaitListening().port())) {
            crowd.connect(users, Load.CONNECTS_IN_FLIGHT, client -> "");
            Broadcasting broadcasting = new Broadcasting(crowd, users, 1);
            broadcasting.nameSenders();
            double cold = microsPerDelivery(subject, broadcasting);
            broadcasting.warmUp(load.warmUp());
            double steady = microsPerDelivery(subject, broadcasting);
            return Map.of(Metric.COLD_CPU, cold, Metric.STEADY_CPU, steady);
        }
    }

    private static double microsPerDelivery(SubjectProcess subject, Broadcasting broadcasting) {
        Duration before = subject.meter().cpu();
        DeliveryCheck deliveries = broadcasting.paced(BROADCASTS_A_SECOND, BROADCASTS);
        Duration used = subject.meter().cpu().minus(before);
        deliveries.check();
        return Load.micros(used) / deliveries.delivered();
    }
}
