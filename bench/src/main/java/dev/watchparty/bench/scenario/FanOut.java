package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.measure.ProcessMeter;
import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.SubjectProcess;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One sender, one room: the cost of a broadcast, and how long it takes to reach everybody. */
final class FanOut extends SizedScenario {
    private final Load load;

    FanOut(List<Integer> sizes, Load load) {
        super("fanout", sizes);
        this.load = load;
    }

    @Override
    public boolean suits(Subject subject) {
        return !subject.sharesRooms();
    }

    @Override
    Map<Metric, Double> measure(SubjectProcess subject, int users) {
        return measure(subject.awaitListening(), users, 1, load);
    }

    static Map<Metric, Double> measure(SubjectProcess subject, int users, int rooms, Load load) {
        try (Crowd crowd = new Crowd(subject.port())) {
            crowd.connect(users, Load.CONNECTS_IN_FLIGHT, client -> rooms == 1 ? "" : "room" + client % rooms);
            Broadcasting broadcasting = new Broadcasting(crowd, users, rooms);
            broadcasting.nameSenders();
            broadcasting.warmUp(load.warmUp());
            return measure(subject, users, broadcasting, load);
        }
    }

    private static Map<Metric, Double> measure(
            SubjectProcess subject, int users, Broadcasting broadcasting, Load load) {
        ProcessMeter generator = new ProcessMeter(ProcessHandle.current());
        Duration before = subject.meter().cpu();
        Duration generatorBefore = generator.cpu();
        DeliveryCheck deliveries = broadcasting.paced(load.broadcastsPerSecond(users), load.broadcasts(users));
        Duration used = subject.meter().cpu().minus(before);
        Duration generatorUsed = generator.cpu().minus(generatorBefore);
        deliveries.check();
        Map<Metric, Double> result = new EnumMap<>(Metric.class);
        result.put(Metric.CPU_PER_DELIVERY, Load.micros(used) / deliveries.delivered());
        result.put(Metric.GENERATOR_PER_DELIVERY, Load.micros(generatorUsed) / deliveries.delivered());
        result.put(Metric.MEDIAN_RECEIVER, deliveries.medianOverBroadcasts(50));
        result.put(Metric.P99_RECEIVER, deliveries.medianOverBroadcasts(99));
        result.put(Metric.DELIVERED, (double) deliveries.delivered());
        result.put(Metric.LAST_RECEIVER, deliveries.medianOverBroadcasts(100));
        result.put(Metric.WORST_BROADCAST, deliveries.worst());
        return result;
    }
}
