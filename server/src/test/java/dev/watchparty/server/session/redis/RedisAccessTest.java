package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.TestingObservedNode.SLOW;
import static dev.watchparty.server.session.redis.TestingObservedNode.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchparty.server.session.StoreUnavailableException;
import dev.watchparty.server.session.redis.RedisConfig.TlsFiles;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingNetwork;
import dev.watchparty.server.testing.TestingPort;
import dev.watchparty.server.testing.TestingRedis;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a node gets into Redis, or does not. */
class RedisAccessTest {
    private final TestingNodes nodes = new TestingNodes();
    private TestingRedis redis; // null if none is needed
    private TestingNetwork network; // null if none is needed

    @AfterEach
    void stop() {
        nodes.close();
        if (network != null) {
            network.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    private TestingObservedNode started(RedisConfig config) {
        return TestingObservedNode.start(nodes, config, SLOW);
    }

    private static RedisConfig config(URI uri) {
        return TestingNodes.config(Topology.STANDALONE, uri);
    }

    private static RedisConfig with(RedisConfig config, boolean requiredAtStart, TlsFiles files) {
        return new RedisConfig(
                config.topology(), config.uris(), config.timeout(), config.keyPrefix(), requiredAtStart, files);
    }

    @Test
    void userOfItsOwnKeysIsEnoughAlsoWithTls() {
        redis = TestingRedis.builder()
                .tls()
                .user("party", "secret", "~wp:*", "&wp:*", "+@all", "-@dangerous", "-@admin")
                .start();
        TlsFiles files = new TlsFiles(
                redis.certificate().map(certificate -> certificate.certificateChain()),
                Optional.empty(),
                Optional.empty());
        TestingObservedNode one = started(with(config(redis.uri()), true, files));
        TestingObservedNode other = started(with(config(redis.uri()), true, files));
        one.join("Ann");
        other.join("Ben");
        one.command("Ann", VIDEO);

        await().until(() -> one.agreesWith(other) && other.numbers().size() == 1);
    }

    @Test
    void wrongPasswordStopsTheStartAndIsNotTold() {
        redis = TestingRedis.builder().password("right").start();
        URI wrong = URI.create("redis://:mistaken@127.0.0.1:" + redis.port());

        assertThatThrownBy(() -> started(config(wrong)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1:" + redis.port() + " cannot be reached: WRONGPASS")
                .hasMessageNotContaining("mistaken");
    }

    @Test
    void addressWhereNothingListensStopsTheStart() {
        int port = TestingPort.free();

        assertThatThrownBy(() -> started(config(URI.create("redis://:secret@127.0.0.1:" + port))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1:" + port + " cannot be reached: ")
                .hasMessageContaining("refused")
                .hasMessageNotContaining("secret");
    }

    @Test
    void clusterThatCannotBeReachedStopsTheStart() {
        int port = TestingPort.free();
        URI uri = URI.create("redis://:secret@127.0.0.1:" + port);

        assertThatThrownBy(() -> started(TestingNodes.config(Topology.CLUSTER, uri)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("127.0.0.1:" + port + " cannot be reached: ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void nodeThatStartsWithoutRedisConnectsByItself() {
        redis = TestingRedis.start();
        network = TestingNetwork.to(redis);
        network.down();
        TestingObservedNode node = started(with(config(redis.uriThrough(network)), false, TlsFiles.NONE));
        assertThatThrownBy(() -> TestingObservedNode.done(node.store().ready()))
                .cause()
                .hasMessage(RedisLink.UNREACHABLE);
        assertThatThrownBy(() -> node.enter("Ann")).cause().isInstanceOf(StoreUnavailableException.class);

        network.up();
        await().atMost(Duration.ofSeconds(20)).until(() -> node.store()
                .ready()
                .handle((ready, failure) -> failure == null)
                .toCompletableFuture()
                .join());
        node.join("Ann");
        node.command("Ann", VIDEO);
        assertThat(node.numbers()).hasSize(1);
        assertThat(redis.command("CLIENT", "LIST", "TYPE", "pubsub").lines()).hasSize(1);
    }
}
