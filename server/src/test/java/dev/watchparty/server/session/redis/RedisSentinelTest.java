package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.TestingObservedNode.SLOW;
import static dev.watchparty.server.session.redis.TestingObservedNode.VIDEO;
import static dev.watchparty.server.session.redis.TestingObservedNode.seek;
import static dev.watchparty.server.testing.TestingSentinel.MASTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingRedis;
import dev.watchparty.server.testing.TestingSentinel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of two nodes when another Redis becomes the master. */
class RedisSentinelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestingSentinel sentinels;
    private final TestingNodes nodes = new TestingNodes();
    private TestingObservedNode one;
    private TestingObservedNode other;

    @BeforeAll
    static void startSentinels() {
        sentinels = TestingSentinel.start();
    }

    @AfterAll
    static void stopSentinels() {
        sentinels.close();
    }

    @BeforeEach
    void start() {
        sentinels.master().command("FLUSHALL");
        RedisConfig config = TestingNodes.config(Topology.SENTINEL, sentinels.uri());
        one = TestingObservedNode.start(nodes, config, SLOW);
        other = TestingObservedNode.start(nodes, config, SLOW);
        one.join("Ann");
        other.join("Ben");
        one.command("Ann", VIDEO);
        await().until(() -> other.numbers().size() == 1 && one.names().size() == 2);
    }

    @AfterEach
    void stopNodes() {
        nodes.close();
    }

    private void awaitReachable() {
        await().atMost(PATIENCE).until(() -> List.of(one, other).stream().allMatch(node -> node.store()
                .ready()
                .handle((ready, failure) -> failure == null)
                .toCompletableFuture()
                .join()));
    }

    /** @param lost the sockets that the other node may miss for a moment */
    private void assertAllObey(String... lost) {
        other.command("Ben", seek(300));
        await().atMost(PATIENCE)
                .until(() -> one.agreesWith(other) && one.playback().anchor() == 300);
        one.command("Ann", seek(400));
        await().atMost(PATIENCE)
                .until(() -> other.agreesWith(one) && other.playback().anchor() == 400);
        assertThat(List.of(one, other)).allSatisfy(node -> {
            assertThat(node.numbers()).isSorted().doesNotHaveDuplicates();
            assertThat(node.told(Changed.class).stream().map(Changed::state).map(SessionState::seq))
                    .isSorted();
            assertThat(node.told(Left.class)).extracting(Left::socketId).isSubsetOf(lost);
        });
    }

    @Test
    void failoverThatLosesTheLastWritesIsObeyed() {
        sentinels
                .killMasterLosing(() -> {
                    one.command("Ann", seek(100));
                    one.command("Ann", seek(200));
                    one.join("Cid");
                })
                .startAgain();
        awaitReachable();

        await().atMost(PATIENCE).until(() -> one.agreesWith(other));
        assertThat(one.playback().anchor()).isEqualTo(200);
        assertThat(one.names()).containsExactly("Ann", "Ben", "Cid");
        assertAllObey("Cid"); // its join was lost
        one.command("Cid", seek(500));
        sentinels.awaitReady();
    }

    @Test
    void plannedFailoverIsObeyed() {
        sentinels.failover();
        awaitReachable();

        assertAllObey();
    }

    @Test
    void masterThatBecomesAReplicaIsLeft() {
        // Nobody ends the connections to it, as a node sees it that has asked a sentinel too early.
        TestingRedis former = sentinels.master();
        TestingRedis next = sentinels.replicas().get(0);
        TestingRedis third = sentinels.replicas().get(1);
        String port = String.valueOf(next.port());
        sentinels.sentinels().forEach(sentinel -> sentinel.command("SENTINEL", "REMOVE", MASTER));
        next.command("REPLICAOF", "NO", "ONE");
        former.command("REPLICAOF", "127.0.0.1", port);
        third.command("REPLICAOF", "127.0.0.1", port);
        for (TestingRedis sentinel : sentinels.sentinels()) {
            sentinel.command("SENTINEL", "MONITOR", MASTER, "127.0.0.1", port, "2");
            sentinel.command("SENTINEL", "SET", MASTER, "down-after-milliseconds", "1000", "failover-timeout", "1500");
        }
        sentinels.awaitReady();
        await().atMost(PATIENCE).until(() -> !isRefused(one, "Ann") && !isRefused(other, "Ben"));

        assertAllObey();
    }

    private static boolean isRefused(TestingObservedNode node, String socketId) {
        return node.send(socketId, seek(1))
                .handle((done, failure) -> failure != null)
                .toCompletableFuture()
                .join();
    }
}
