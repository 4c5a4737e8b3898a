package dev.watchparty.server.session.redis;

import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.SessionStoreContract;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingSentinel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The promises of every store, kept by one node on a master that sentinels name. */
class RedisSentinelStoreTest extends SessionStoreContract {
    private static TestingSentinel sentinels;
    private final TestingNodes nodes = new TestingNodes();

    @BeforeAll
    static void startSentinels() {
        sentinels = TestingSentinel.start();
    }

    @AfterAll
    static void stopSentinels() {
        sentinels.close();
    }

    @AfterEach
    void stopNodes() {
        nodes.close();
    }

    @Override
    protected Store newStore(Fixes fixes) {
        sentinels.master().command("FLUSHALL");
        RedisConfig config = TestingNodes.config(Topology.SENTINEL, sentinels.uri());
        RedisStore store = nodes.start(config, fixes, LIMITS, WINDOW, clock).store();
        return new Store(store, store);
    }
}
