package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.client.EventListener;
import dev.watchparty.bench.client.ServerEvent;
import dev.watchparty.bench.client.Viewer;
import dev.watchparty.bench.subject.Cluster;
import dev.watchparty.protocol.SocketEvents;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** People on four nodes command one room, each at times of their own: the attempts that a command needs. */
final class Contention extends ClusterScenario {
    private static final int NODES = 4;
    private static final int WARM_UP = 2_000;
    private static final int WARM_UP_RATE = 250;
    private static final long SEED = 1;
    private static final int FIRST_MARK = 10_000;

    private final Load load;

    Contention(List<Integer> sizes, Load load) {
        super("contention", sizes, NODES);
        this.load = load;
    }

    @Override
    public String sizeUnit() {
        return "commands a second from " + NODES + " nodes";
    }

    @Override
    public int connections(int size) {
        return NODES;
    }

    @Override
    Map<Metric, Double> measure(Cluster cluster, int perSecond) {
        try (Crowd crowd = new Crowd(number -> cluster.node(number).port())) {
            crowd.connect(NODES, 1, client -> "");
            command(crowd, WARM_UP, WARM_UP_RATE);
            Load.idle(Duration.ofSeconds(1));
            int commands = (int) (perSecond * load.duration().toSeconds());
            cluster.redis().resetCalls();
            Duration redis = cluster.redisCpu();
            Duration all = cluster.cpu();
            Orders orders = command(crowd, commands, perSecond);
            long attempts = cluster.redis().calls("evalsha");
            Map<Metric, Double> result = new EnumMap<>(Metric.class);
            result.put(Metric.COMMAND_RATE, commands / orders.seconds());
            Duration redisUsed = cluster.redisCpu().minus(redis);
            Duration nodesUsed = cluster.cpu().minus(all).minus(redisUsed);
            result.put(Metric.REDIS_CPU, Load.millis(redisUsed) / orders.seconds());
            result.put(Metric.NODE_CPU, Load.millis(nodesUsed) / orders.seconds());
            result.put(Metric.ATTEMPTS, (double) attempts / commands);
            return result;
        }
    }

    private static Orders command(Crowd crowd, int commands, int perSecond) {
        Orders orders = new Orders(commands);
        Random random = new Random(SEED);
        crowd.run(() -> {
            crowd.listenWith(orders);
            long due = System.nanoTime();
            orders.start = due;
            for (int command = 0; command < commands; command++) {
                due += (long) (-Math.log(1 - random.nextDouble()) * TimeUnit.SECONDS.toNanos(1) / perSecond);
                int mark = FIRST_MARK + command;
                crowd.at(due, () -> crowd.viewer(mark % NODES).emit(SocketEvents.SEEK, "{\"time\":" + mark + "}"));
            }
        });
        crowd.await(orders.complete, "all commands on all nodes");
        orders.check();
        return orders;
    }

    /** The order in which each node's client hears of the commands. Belongs to the crowd's event loop. */
    private static final class Orders implements EventListener {
        private final int commands;
        private final List<List<Integer>> heard = new ArrayList<>();
        private final CompletableFuture<Void> complete = new CompletableFuture<>();
        private long start;
        private long end;
        private int all;

        Orders(int commands) {
            this.commands = commands;
            for (int node = 0; node < NODES; node++) {
                heard.add(new ArrayList<>());
            }
        }

        @Override
        public void onEvent(Viewer viewer, ServerEvent event, ByteBuf in, int index, int length) {
            if (event != ServerEvent.SEEK) {
                return;
            }
            heard.get(viewer.number()).add(event.time(in, index));
            if (++all == commands * NODES) {
                end = System.nanoTime();
                complete.complete(null);
            }
        }

        double seconds() {
            return (end - start) / 1e9;
        }

        void check() {
            for (List<Integer> one : heard) {
                if (!one.equals(heard.get(0)) || one.stream().distinct().count() != commands) {
                    throw new IllegalStateException("two nodes told of the commands in different orders");
                }
            }
        }
    }
}
