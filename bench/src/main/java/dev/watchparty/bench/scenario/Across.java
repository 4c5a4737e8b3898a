package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.Cluster;
import dev.watchparty.bench.subject.Subject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The sender is on one node and all others of the room are on another one; beside it, all are on one. */
final class Across extends ClusterScenario {
    private static final int NODES = 2;

    private final Load load;

    Across(List<Integer> sizes, Load load) {
        super("across", sizes, NODES);
        this.load = load;
    }

    @Override
    public boolean suits(Subject subject) {
        return subject.sharesRooms() || subject == Subject.OURS || subject == Subject.NODE;
    }

    @Override
    Map<Metric, Double> measure(Cluster cluster, int users) {
        int own = cluster.node(0).port();
        int other = cluster.last().port();
        try (Crowd crowd = new Crowd(number -> number == 0 ? own : other)) {
            crowd.connect(users, Load.CONNECTS_IN_FLIGHT, client -> "");
            Broadcasting broadcasting = new Broadcasting(crowd, users, 1);
            broadcasting.nameSenders();
            broadcasting.warmUp(load.warmUp());
            Duration all = cluster.cpu();
            Duration node = cluster.last().meter().cpu();
            DeliveryCheck deliveries = broadcasting.paced(load.broadcastsPerSecond(users), load.broadcasts(users));
            Duration nodeUsed = cluster.last().meter().cpu().minus(node);
            Duration allUsed = cluster.cpu().minus(all);
            deliveries.check();
            Map<Metric, Double> result = new EnumMap<>(Metric.class);
            result.put(Metric.CPU_PER_DELIVERY, Load.micros(nodeUsed) / deliveries.delivered());
            result.put(Metric.ALL_CPU, Load.micros(allUsed) / deliveries.delivered());
            result.put(Metric.MEDIAN_RECEIVER, deliveries.medianOverBroadcasts(50));
            result.put(Metric.LAST_RECEIVER, deliveries.lastReceiver(50));
            result.put(Metric.LAST_RECEIVER_P99, deliveries.lastReceiver(99));
            result.put(Metric.WORST_BROADCAST, deliveries.worst());
            result.put(Metric.DELIVERED, (double) deliveries.delivered());
            return result;
        }
    }
}
