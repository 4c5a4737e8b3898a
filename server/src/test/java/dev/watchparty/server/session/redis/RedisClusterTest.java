package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.TestingObservedNode.ROOM;
import static dev.watchparty.server.session.redis.TestingObservedNode.SLOW;
import static dev.watchparty.server.session.redis.TestingObservedNode.VIDEO;
import static dev.watchparty.server.session.redis.TestingObservedNode.seek;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingRedis;
import dev.watchparty.server.testing.TestingRedisCluster;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of two nodes on a Redis Cluster that changes. */
class RedisClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static TestingRedisCluster cluster;
    private final TestingNodes nodes = new TestingNodes();
    private TestingObservedNode one;
    private TestingObservedNode other;
    private int slot;

    @BeforeAll
    static void startCluster() {
        cluster = TestingRedisCluster.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void start() {
        cluster.nodes().forEach(node -> node.command("FLUSHALL"));
        slot = cluster.slotOf("wp:{%d}".formatted(RedisKeys.shard(ROOM)));
        one = started(SLOW);
        other = started(SLOW);
        one.join("Ann");
        other.join("Ben");
        one.command("Ann", VIDEO);
        await().until(() -> other.numbers().size() == 1 && one.names().size() == 2);
    }

    private TestingObservedNode started(Pace pace) {
        return TestingObservedNode.start(
                nodes, TestingNodes.config(Topology.CLUSTER, cluster.uris().toArray(URI[]::new)), pace);
    }

    @AfterEach
    void stopNodes() {
        nodes.close();
    }

    private void assertNothingMissed() {
        await().atMost(PATIENCE).until(() -> one.agreesWith(other));
        assertThat(other.changes().get(other.changes().size() - 1))
                .isEqualTo(one.changes().get(one.changes().size() - 1));
        assertThat(List.of(one, other)).allSatisfy(node -> {
            assertThat(node.numbers()).isSorted().doesNotHaveDuplicates();
            assertThat(node.told(Left.class)).isEmpty();
        });
    }

    @Test
    void slotThatMovesTakesTheRoomAndItsMessagesAlong() {
        for (int i = 0; i < 3; i++) {
            cluster.moveSlot(slot, cluster.strangerTo(slot));
            one.command("Ann", seek(10 + i));
            assertNothingMissed();
        }
        assertThat(other.playback().anchor()).isEqualTo(12);
        int known = other.numbers().size();
        one.command("Ann", seek(20));
        other.command("Ben", seek(30));
        await().atMost(PATIENCE)
                .until(() -> one.numbers().size() >= known && one.playback().anchor() == 30);
        assertNothingMissed();
    }

    @Test
    void commandsDuringTheMoveOfASlotAreNotMissed() throws InterruptedException {
        TestingRedis target = cluster.strangerTo(slot);
        Thread mover = new Thread(() -> cluster.moveSlot(slot, target));
        mover.start();
        int commands = 0;
        while (mover.isAlive() || commands < 20) {
            one.command("Ann", seek(++commands));
        }
        mover.join();

        assertNothingMissed();
        assertThat(other.playback().anchor()).isEqualTo(commands);
    }
}
