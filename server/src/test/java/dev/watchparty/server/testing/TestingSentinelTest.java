package dev.watchparty.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The sentinels of the tests do what their fixture says. There is no Redis for Windows. */
@DisabledOnOs(OS.WINDOWS)
class TestingSentinelTest {
    private static TestingSentinel sentinel;

    @BeforeAll
    static void start() {
        sentinel = TestingSentinel.start();
    }

    @AfterAll
    static void close() {
        sentinel.close();
    }

    @Test
    void clientsFindTheMaster() {
        RedisClient client = RedisClient.create(RedisURI.create(sentinel.uri()));
        try (var connection = client.connect()) {
            connection.sync().set("film", "Amélie");
            assertThat(sentinel.master().command("GET", "film")).isEqualTo("Amélie");
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(10));
        }
    }

    @Test
    void failoverKeepsTheData() {
        TestingRedis before = sentinel.master();
        List<TestingRedis> replicas = sentinel.replicas();
        before.command("SET", "kept", "yes");
        sentinel.awaitReplication();
        sentinel.failover();

        assertThat(sentinel.master()).isIn(replicas);
        assertThat(sentinel.master().command("GET", "kept")).isEqualTo("yes");
    }

    @Test
    void killedMasterComesBackAsAReplica() {
        TestingRedis killed = sentinel.killMaster();
        assertThat(sentinel.master()).isNotSameAs(killed);
        killed.startAgain();
        sentinel.awaitReady();

        assertThat(sentinel.replicas()).contains(killed);
        assertThat(killed.listCommand("ROLE")).startsWith("slave");
    }

    @Test
    void masterCanTakeItsLastWritesWithIt() {
        TestingRedis before = sentinel.master();
        TestingRedis killed = sentinel.killMasterLosing(
                () -> assertThat(before.command("SET", "lost", "yes")).isEqualTo("OK"));

        assertThat(killed).isSameAs(before);
        assertThat(sentinel.master().command("GET", "lost")).isNull();
        killed.startAgain();
        sentinel.awaitReady();
        assertThat(killed.command("GET", "lost")).isNull();
    }
}
