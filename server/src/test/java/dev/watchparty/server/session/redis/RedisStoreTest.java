package dev.watchparty.server.session.redis;

import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.SessionStoreContract;
import dev.watchparty.server.testing.TestingRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The promises of every store, kept by one node on a real Redis. */
class RedisStoreTest extends SessionStoreContract {
    private static TestingRedis redis;
    private final TestingNodes nodes = new TestingNodes();

    @BeforeAll
    static void startRedis() {
        redis = TestingRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void stopNodes() {
        nodes.close();
    }

    @Override
    protected Store newStore(Fixes fixes) {
        redis.command("FLUSHALL");
        RedisStore store =
                nodes.start(redis.uri(), fixes, LIMITS, WINDOW, clock).store();
        return new Store(store, store);
    }
}
