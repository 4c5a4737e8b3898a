package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.client.EventListener;
import dev.watchparty.bench.client.ServerEvent;
import dev.watchparty.bench.client.Viewer;
import dev.watchparty.bench.subject.Cluster;
import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.Subjects;
import dev.watchparty.protocol.SocketEvents;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/** One node is far from Redis: the time until people near and far hear of a command from near and far. */
final class Edge extends ClusterScenario {
    private static final int NODES = 2;
    private static final int NEAR = 0;
    private static final int FAR = 1;
    private static final int WARM_UP = 100;
    private static final int COMMANDS = 50;
    private static final int FIRST_MARK = 10_000;

    Edge(List<Integer> sizes) {
        super("edge", sizes, NODES);
    }

    @Override
    public String sizeUnit() {
        return "ms from the far node to Redis and back";
    }

    @Override
    public int connections(int size) {
        return NODES;
    }

    @Override
    Cluster start(Subjects subjects, Subject subject, int count) {
        return subjects.startClusterBehindNetworks(subject, count);
    }

    @Override
    Map<Metric, Double> measure(Cluster cluster, int roundTripMillis) {
        try (Crowd crowd = new Crowd(number -> cluster.node(number).port())) {
            crowd.connect(NODES, 1, client -> "");
            command(crowd, NEAR, WARM_UP);
            command(crowd, FAR, WARM_UP);
            cluster.network(FAR).delay(Duration.ofMillis(roundTripMillis).dividedBy(2));
            Load.idle(Duration.ofSeconds(1));
            double[] fromNear = command(crowd, NEAR, COMMANDS);
            double[] fromFar = command(crowd, FAR, COMMANDS);
            Map<Metric, Double> result = new EnumMap<>(Metric.class);
            result.put(Metric.NEAR_OWN, fromNear[NEAR]);
            result.put(Metric.NEAR_TO_FAR, fromNear[FAR]);
            result.put(Metric.FAR_TO_NEAR, fromFar[NEAR]);
            result.put(Metric.FAR_OWN, fromFar[FAR]);
            return result;
        }
    }

    /** Sends each command when all have the one before. Returns the median for each receiver, ms. */
    private static double[] command(Crowd crowd, int sender, int commands) {
        Histogram[] latencies = {new Histogram(3), new Histogram(3)};
        for (int command = 0; command < commands; command++) {
            Heard heard = new Heard(FIRST_MARK + command);
            crowd.run(() -> {
                crowd.listenWith(heard);
                heard.start = System.nanoTime();
                crowd.viewer(sender).emit(SocketEvents.SEEK, "{\"time\":" + heard.mark + "}");
            });
            crowd.await(heard.all, "a command on both nodes");
            for (int node = 0; node < NODES; node++) {
                latencies[node].recordValue(heard.nanos[node] / 1000);
            }
        }
        return new double[] {
            latencies[NEAR].getValueAtPercentile(50) / 1000.0, latencies[FAR].getValueAtPercentile(50) / 1000.0
        };
    }

    /** Belongs to the crowd's event loop. */
    private static final class Heard implements EventListener {
        private final int mark;
        private final long[] nanos = new long[NODES];
        private final CompletableFuture<Void> all = new CompletableFuture<>();
        private long start;
        private int count;

        Heard(int mark) {
            this.mark = mark;
        }

        @Override
        public void onEvent(Viewer viewer, ServerEvent event, ByteBuf in, int index, int length) {
            if (event == ServerEvent.SEEK && event.time(in, index) == mark) {
                nanos[viewer.number()] = System.nanoTime() - start;
                if (++count == NODES) {
                    all.complete(null);
                }
            }
        }
    }
}
