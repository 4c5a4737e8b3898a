package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.TestingObservedNode.SLOW;
import static dev.watchparty.server.session.redis.TestingObservedNode.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.limits.Rate;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingNetwork;
import dev.watchparty.server.testing.TestingRedis;
import dev.watchparty.server.testing.TestingRedisCluster;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The limits of addresses that nodes share. */
class RedisLimitsTest {
    private static final AddressKey ANN = new AddressKey(0xCB007107L);
    private static final AddressKey BOB = new AddressKey(0xCB007108L);
    private static final Rate SLOW_RATE = new Rate(1, 10);

    private static void assertCountTogether(TestingNodes nodes, RedisConfig config) {
        RedisLimits one = TestingObservedNode.start(nodes, config, SLOW).limits();
        RedisLimits other = TestingObservedNode.start(nodes, config, SLOW).limits();

        assertThat(done(one.count("seek", ANN, SLOW_RATE, 6))).isZero();
        assertThat(done(other.count("seek", ANN, SLOW_RATE, 4))).isZero();
        assertThat(done(one.count("seek", ANN, SLOW_RATE, 30)))
                .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        assertThat(done(other.count("seek", ANN, SLOW_RATE, 1))).isPositive();
        assertThat(done(other.count("seek", BOB, SLOW_RATE, 1)))
                .as("another address")
                .isZero();
        assertThat(done(other.count("join", ANN, SLOW_RATE, 1)))
                .as("another limit")
                .isZero();
    }

    @Test
    void nodesCountTogether() {
        try (TestingRedis redis = TestingRedis.start();
                TestingNodes nodes = new TestingNodes()) {
            assertCountTogether(nodes, TestingNodes.config(Topology.STANDALONE, redis.uri()));
        }
    }

    @Test
    void nodesOnAClusterCountTogether() {
        try (TestingRedisCluster cluster = TestingRedisCluster.start();
                TestingNodes nodes = new TestingNodes()) {
            assertCountTogether(
                    nodes, TestingNodes.config(Topology.CLUSTER, cluster.uris().toArray(URI[]::new)));
        }
    }

    @Test
    void countIsForgottenWhenTheAddressMayDoEverythingAgain() {
        try (TestingRedis redis = TestingRedis.start();
                TestingNodes nodes = new TestingNodes()) {
            RedisLimits limits = TestingObservedNode.start(
                            nodes, TestingNodes.config(Topology.STANDALONE, redis.uri()), SLOW)
                    .limits();

            done(limits.count("seek", ANN, new Rate(1000, 1000), 500));

            List<String> kept = redis.listCommand("KEYS", "wp:limit:*");
            assertThat(kept).containsExactly("wp:limit:seek:1000:1000:cb007107");
            assertThat(Long.parseLong(redis.command("PTTL", kept.get(0)))).isBetween(1L, 11_000L);
        }
    }

    @Test
    void countFailsWhileRedisIsAway() {
        try (TestingRedis redis = TestingRedis.start();
                TestingNetwork network = TestingNetwork.to(redis);
                TestingNodes nodes = new TestingNodes()) {
            RedisLimits limits = TestingObservedNode.start(
                            nodes, TestingNodes.config(Topology.STANDALONE, redis.uriThrough(network)), SLOW)
                    .limits();
            network.down();

            assertThatThrownBy(() -> done(limits.count("seek", ANN, SLOW_RATE, 1)))
                    .isInstanceOf(CompletionException.class);
            network.up();
        }
    }
}
