package dev.watchparty.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The real Redis of the tests does what its fixture says. There is none for Windows. */
@DisabledOnOs(OS.WINDOWS)
class TestingRedisTest {
    private TestingRedis redis;

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void commandsAreAnsweredWithTextsNumbersAndLists() {
        redis = TestingRedis.start();

        assertThat(redis.command("SET", "film", "Amélie")).isEqualTo("OK");
        assertThat(redis.command("GET", "film")).isEqualTo("Amélie");
        assertThat(redis.command("GET", "other")).isNull();
        assertThat(redis.command("INCR", "count")).isEqualTo("1");
        assertThat(redis.listCommand("MGET", "film", "other")).containsExactly("Amélie", null);
        assertThatThrownBy(() -> redis.command("INCR", "film")).hasMessageContaining("not an integer");
    }

    @Test
    void dataOutlivesAKillOnlyWhereItIsKept() {
        redis = TestingRedis.builder().withData().start();
        int port = redis.port();
        redis.command("SET", "film", "Amélie");
        redis.kill();
        redis.startAgain();
        redis.restart();

        assertThat(redis.port()).isEqualTo(port);
        assertThat(redis.command("GET", "film")).isEqualTo("Amélie");

        redis.restartEmpty();

        assertThat(redis.command("GET", "film")).isNull();
    }

    @Test
    void withoutDataAStartIsEmpty() {
        redis = TestingRedis.start();
        redis.command("SET", "film", "Amélie");
        redis.stop();
        redis.startAgain();

        assertThat(redis.command("DBSIZE")).isEqualTo("0");
        assertThatThrownBy(() -> redis.restart()).hasMessageContaining("withData");
    }

    @Test
    void pausedRedisAnswersNothingUntilItIsResumed() {
        redis = TestingRedis.start();
        RedisClient client = RedisClient.create(withTimeout(Duration.ofMillis(200)));
        try (var connection = client.connect()) {
            redis.pause();
            assertThatThrownBy(() -> connection.sync().get("film")).hasMessageContaining("timed out");
            redis.resume();
            connection.setTimeout(Duration.ofSeconds(10));
            assertThat(connection.sync().get("film")).isNull();
        } finally {
            shutDown(client);
        }
    }

    @Test
    void pausedRedisCanBeStopped() {
        redis = TestingRedis.start();
        redis.pause();
        redis.stop();
        redis.startAgain();

        assertThat(redis.command("PING")).isEqualTo("PONG");
    }

    @Test
    void subscribersAreCutOff() {
        redis = TestingRedis.start();
        RedisClient client = RedisClient.create(withTimeout(Duration.ofSeconds(10)));
        client.setOptions(ClientOptions.builder().autoReconnect(false).build());
        try (StatefulRedisPubSubConnection<String, String> shard = client.connectPubSub();
                StatefulRedisPubSubConnection<String, String> channel = client.connectPubSub()) {
            shard.sync().ssubscribe("a");
            channel.sync().subscribe("b");

            assertThat(redis.killSubscribers()).isEqualTo(2);
            Awaitility.await().until(() -> !shard.isOpen() && !channel.isOpen());
        } finally {
            shutDown(client);
        }
    }

    @Test
    void forgottenScriptsHaveToBeLoadedAgain() {
        redis = TestingRedis.start();
        String script = redis.command("SCRIPT", "LOAD", "return 7");

        assertThat(redis.command("EVALSHA", script, "0")).isEqualTo("7");
        redis.flushScripts();
        assertThatThrownBy(() -> redis.command("EVALSHA", script, "0")).hasMessageContaining("NOSCRIPT");
    }

    @Test
    void callsAreCounted() {
        redis = TestingRedis.start();
        redis.command("GET", "film");
        redis.command("GET", "film");
        redis.configure("maxmemory", "100mb");

        assertThat(redis.calls("get")).isEqualTo(2);
        assertThat(redis.calls()).containsEntry("config|set", 1L);
        redis.resetCalls();
        assertThat(redis.calls("get")).isZero();
    }

    @Test
    void onlyThosePassWhoKnowThePassword() {
        redis = TestingRedis.builder().password("secret").start();

        assertThat(redis.uri().toString()).isEqualTo("redis://:secret@127.0.0.1:" + redis.port());
        assertThat(setAndGet(RedisURI.create(redis.uri()))).isEqualTo("Amélie");
        assertThatThrownBy(() -> setAndGet(RedisURI.create("127.0.0.1", redis.port())))
                .hasStackTraceContaining("NOAUTH");
    }

    @Test
    void userMayDoOnlyWhatItsRulesSay() {
        redis = TestingRedis.builder()
                .user("watchparty", "secret", "~wp:*", "+@all")
                .start();

        assertThatThrownBy(() -> setAndGet(RedisURI.create(redis.uri()))).hasMessageContaining("NOPERM");
        assertThat(redis.command("SET", "film", "Amélie")).isEqualTo("OK");
    }

    @Test
    void connectionsAreEncrypted() {
        redis = TestingRedis.builder().tls().password("secret").start();

        assertThat(setAndGet(RedisURI.create(redis.uri()))).isEqualTo("Amélie");
    }

    private RedisURI withTimeout(Duration timeout) {
        RedisURI uri = RedisURI.create(redis.uri());
        uri.setTimeout(timeout);
        return uri;
    }

    private String setAndGet(RedisURI uri) {
        RedisClient client = RedisClient.create(uri);
        redis.certificate()
                .ifPresent(certificate -> client.setOptions(ClientOptions.builder()
                        .sslOptions(SslOptions.builder()
                                .trustManager(certificate.certificateChain().toFile())
                                .build())
                        .build()));
        try (var connection = client.connect()) {
            connection.sync().set("film", "Amélie");
            return connection.sync().get("film");
        } finally {
            shutDown(client);
        }
    }

    private static void shutDown(RedisClient client) {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(10));
    }
}
