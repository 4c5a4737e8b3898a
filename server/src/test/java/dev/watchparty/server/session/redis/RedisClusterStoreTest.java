package dev.watchparty.server.session.redis;

import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.SessionStoreContract;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingRedisCluster;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The promises of every store, kept by one node on a real Redis Cluster. */
class RedisClusterStoreTest extends SessionStoreContract {
    private static TestingRedisCluster cluster;
    private final TestingNodes nodes = new TestingNodes();

    @BeforeAll
    static void startCluster() {
        cluster = TestingRedisCluster.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @AfterEach
    void stopNodes() {
        nodes.close();
    }

    @Override
    protected Store newStore(Fixes fixes) {
        cluster.nodes().forEach(node -> node.command("FLUSHALL"));
        RedisConfig config =
                TestingNodes.config(Topology.CLUSTER, cluster.uris().toArray(URI[]::new));
        RedisStore store = nodes.start(config, fixes, LIMITS, WINDOW, clock).store();
        return new Store(store, store);
    }
}
