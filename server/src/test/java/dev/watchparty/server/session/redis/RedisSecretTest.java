package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.TestingObservedNode.ROOM;
import static dev.watchparty.server.session.redis.TestingObservedNode.SLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The secret that signs the tickets of all nodes. */
class RedisSecretTest {
    private static final String KEY = "wp:secret";
    private static final Pace SWEEPING =
            new Pace(Duration.ofMinutes(1), Duration.ofSeconds(3), Duration.ofMinutes(10), Duration.ofMillis(200));

    private final TestingNodes nodes = new TestingNodes();
    private TestingRedis redis;

    @BeforeEach
    void startRedis() {
        redis = TestingRedis.start();
    }

    @AfterEach
    void stop() {
        nodes.close();
        redis.close();
    }

    private TestingObservedNode start(Pace pace) {
        return TestingObservedNode.start(nodes, TestingNodes.config(Topology.STANDALONE, redis.uri()), pace);
    }

    @Test
    void firstNodeCreatesItForAll() {
        assertThat(start(SLOW).secret().orElseKeep("one")).isEqualTo("one");
        assertThat(start(SLOW).secret().orElseKeep("another")).isEqualTo("one");
    }

    @Test
    void redisThatHasLostItGetsItBack() {
        assertThat(start(SWEEPING).secret().orElseKeep("one")).isEqualTo("one");

        redis.command("FLUSHALL");
        await().until(() -> redis.command("EXISTS", KEY).equals("1"));

        assertThat(start(SLOW).secret().orElseKeep("another")).isEqualTo("one");
    }

    @Test
    void redisThatComesBackEmptyGetsItBackAtOnce() {
        TestingObservedNode node = start(SLOW);
        node.join("Ann");
        assertThat(node.secret().orElseKeep("one")).isEqualTo("one");

        redis.stop();
        await().until(() -> !isReady(node));
        redis.startAgain();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> redis.isRunning() && redis.command("EXISTS", KEY).equals("1"));
    }

    /** Asks Redis for something, so that a node whose Redis has ended notices. */
    private static boolean isReady(TestingObservedNode node) {
        node.send("Ann", TestingObservedNode.seek(1))
                .toCompletableFuture()
                .exceptionally(refused -> null)
                .join();
        return !node.store().ready().toCompletableFuture().isCompletedExceptionally();
    }

    @Test
    void secretOfTheSettingsIsNeverWritten() {
        TestingObservedNode node = start(SWEEPING);
        node.enter(ROOM, "Ann");
        long before = redis.calls("evalsha");

        await().until(() -> redis.calls("evalsha") >= before + 3);

        assertThat(redis.command("EXISTS", KEY)).isEqualTo("0");
    }
}
