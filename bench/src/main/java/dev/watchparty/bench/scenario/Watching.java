package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.Cluster;
import dev.watchparty.bench.subject.SubjectProcess;
import dev.watchparty.protocol.SocketEvents;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Videos play in ten rooms on two nodes, and nobody commands: the load on Redis. */
final class Watching extends ClusterScenario {
    private static final int NODES = 2;
    private static final int ROOMS = 10;
    private static final int CONNECTS_IN_FLIGHT = 100;

    /** Each room is compared with Redis every 30 s. */
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private static final Duration SETTLE = Duration.ofSeconds(5);

    Watching(List<Integer> sizes) {
        super("watching", sizes, NODES);
    }

    @Override
    public String sizeUnit() {
        return "users in %d rooms".formatted(ROOMS);
    }

    @Override
    Map<Metric, Double> measure(Cluster cluster, int users) {
        try (Crowd crowd =
                new Crowd(number -> cluster.node(number / ROOMS % NODES).port())) {
            crowd.connect(users, CONNECTS_IN_FLIGHT, client -> "room" + client % ROOMS);
            crowd.run(() -> {
                for (int room = 0; room < ROOMS; room++) {
                    crowd.viewer(room).emit(SocketEvents.CHANGE_VIDEO, "{\"videoId\":\"abcdefghijk\"}");
                    crowd.viewer(room).emit(SocketEvents.PLAY, "{\"time\":0}");
                }
            });
            Load.idle(SETTLE);
            Map<Metric, Double> result = watch(cluster);
            crowd.check();
            return result;
        }
    }

    private static Map<Metric, Double> watch(Cluster cluster) {
        Duration redis = cluster.redisCpu();
        Duration nodes = nodes(cluster);
        cluster.redis().resetCalls();
        Load.idle(SWEEP);
        Map<String, Long> calls = cluster.redis().calls();
        double seconds = Load.millis(SWEEP) / 1000;
        Map<Metric, Double> result = new EnumMap<>(Metric.class);
        result.put(Metric.NODE_CPU, Load.millis(nodes(cluster).minus(nodes)) / seconds);
        result.put(Metric.REDIS_CPU, Load.millis(cluster.redisCpu().minus(redis)) / seconds);
        result.put(Metric.REDIS_SCRIPTS, calls.getOrDefault("evalsha", 0L) / seconds);
        result.put(
                Metric.REDIS_CALLS,
                calls.entrySet().stream()
                                .filter(call -> !call.getKey().startsWith("config")
                                        && !call.getKey().equals("info"))
                                .mapToLong(Map.Entry::getValue)
                                .sum()
                        / seconds);
        return result;
    }

    private static Duration nodes(Cluster cluster) {
        Duration sum = Duration.ZERO;
        for (int node = 0; node < cluster.size(); node++) {
            SubjectProcess process = cluster.node(node);
            sum = sum.plus(process.meter().cpu());
        }
        return sum;
    }
}
