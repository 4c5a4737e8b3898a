package dev.watchparty.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The cluster of the tests does what its fixture says. There is no Redis for Windows. */
@DisabledOnOs(OS.WINDOWS)
class TestingRedisClusterTest {
    private static TestingRedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TestingRedisCluster.start();
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void slotMovesWithItsKeys() {
        int slot = cluster.slotOf("{7}");
        TestingRedis from = cluster.ownerOf(slot);
        TestingRedis to = cluster.strangerTo(slot);
        for (int i = 0; i < 250; i++) {
            from.command("SET", "{7}:" + i, String.valueOf(i));
        }
        cluster.moveSlot(slot, to);

        assertThat(cluster.ownerOf(slot)).isSameAs(to);
        assertThat(to.command("GET", "{7}:249")).isEqualTo("249");
        assertThat(to.command("CLUSTER", "COUNTKEYSINSLOT", String.valueOf(slot)))
                .isEqualTo("250");
    }

    @Test
    void clientsReachEveryNode() {
        RedisClusterClient client = RedisClusterClient.create(
                cluster.uris().stream().map(RedisURI::create).toList());
        try (var connection = client.connect()) {
            for (int i = 0; i < 100; i++) {
                connection.sync().set("key" + i, "value");
            }
            assertThat(cluster.nodes())
                    .allSatisfy(node -> assertThat(node.command("DBSIZE")).isNotEqualTo("0"));
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(10));
        }
    }

    @Test
    void emptiedNodeStaysInTheCluster() {
        TestingRedis node = cluster.nodes().get(2);
        String id = node.command("CLUSTER", "MYID");
        node.restartEmpty();
        cluster.awaitReady();

        assertThat(node.command("CLUSTER", "MYID")).isEqualTo(id);
    }
}
