package dev.watchparty.server.session.redis;

import dev.watchparty.server.identity.RecoveryConfig;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
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
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final List<Node> nodes = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

    /** One node. */
    record Node(RedisLink link, RedisStore store, RedisSecret secret, RedisLimits limits) {}

    /** How a node reaches Redis. */
    static RedisConfig config(Topology topology, URI... addresses) {
        List<RedisURI> uris = new ArrayList<>();
        for (URI address : addresses) {
            RedisURI uri = RedisURI.create(address);
            uri.setTimeout(TIMEOUT);
            uris.add(uri);
        }
        return new RedisConfig(topology, uris, TIMEOUT, "wp", true);
    }

    Node start(URI redis, Fixes fixes, RoomLimits limits, RecoveryWindow window, ServerClock clock) {
        return start(config(Topology.STANDALONE, redis), fixes, limits, window, clock);
    }

    Node start(RedisConfig config, Fixes fixes, RoomLimits limits, RecoveryWindow window, ServerClock clock) {
        return start(config, Pace.DEFAULT, GRACE, fixes, limits, window, clock);
    }

    Node start(
            RedisConfig config,
            Pace pace,
            Duration grace,
            Fixes fixes,
            RoomLimits limits,
            RecoveryWindow window,
            ServerClock clock) {
        NodeId id = NodeId.random(new SecureRandom());
        RedisClock redisClock = new RedisClock(System::nanoTime, System.currentTimeMillis());
        RedisLink link = RedisLink.open(config, id, redisClock, timer);
        RecoveryConfig recovery = new RecoveryConfig(true, window, grace, Optional.empty());
        RedisSecret secret = new RedisSecret(link, config);
        RedisStore store =
                new RedisStore(link, config, id, fixes, limits, clock, redisClock, recovery, secret, timer, pace);
        RedisLimits redisLimits = new RedisLimits(link, config, redisClock);
        Node node = new Node(link, store, secret, redisLimits);
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
