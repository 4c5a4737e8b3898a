package dev.watchparty.server.session.redis;

import dev.watchparty.server.identity.RecoveryConfig;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.ServerClock;
import io.lettuce.core.RedisURI;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Stores of several nodes that share a Redis, without servers around them. */
final class TestingNodes implements AutoCloseable {
    private final List<Node> nodes = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    /** One node. */
    record Node(RedisLink link, RedisStore store) {}

    Node start(URI redis, Fixes fixes, RoomLimits limits, RecoveryWindow window, ServerClock clock) {
        RedisConfig config = new RedisConfig(
                RedisConfig.Topology.STANDALONE, List.of(RedisURI.create(redis)), Duration.ofSeconds(2), "wp", true);
        NodeId id = NodeId.random(new SecureRandom());
        RedisClock redisClock = new RedisClock(System::nanoTime, System.currentTimeMillis());
        RedisLink link = RedisLink.open(config, id, redisClock, timer);
        RecoveryConfig recovery = new RecoveryConfig(true, window, Duration.ofSeconds(15), Optional.empty());
        RedisStore store = new RedisStore(link, config, id, fixes, limits, clock, redisClock, recovery, timer);
        Node node = new Node(link, store);
        nodes.add(node);
        return node;
    }

    @Override
    public void close() {
        nodes.forEach(node -> {
            node.store().release();
            node.link().release();
        });
        timer.shutdownNow();
    }
}
