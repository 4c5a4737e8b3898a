package dev.watchparty.it.cluster;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingCluster;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingSocketClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes count together what an address does, if the settings say so. */
class SharedLimitsTest {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    @RegisterExtension
    final TestingCluster cluster = new TestingCluster();

    private void start(Map<String, ?> rates) {
        Map<String, Object> settings = new HashMap<>(rates);
        settings.put(ServerKeys.LIMITS, true);
        settings.put("watchparty.limits.shared", true);
        cluster.start(2, settings);
    }

    @Test
    void addressIsLimitedOnAllNodesTogether() {
        start(Map.of(
                "watchparty.limits.per-address-factor", 1,
                "watchparty.limits.change-video.per-second", 1,
                "watchparty.limits.change-video.burst", 10));
        TestingSocketClient ann = cluster.join(0, ClientKind.JS_WEBSOCKET, "Ann");
        TestingSocketClient bob = cluster.join(1, ClientKind.JAVA_WEBSOCKET, "Bob");

        for (int i = 0; i < 10; i++) {
            ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        }
        for (int i = 0; i < 10; i++) {
            bob.await("session:videoChange");
        }
        bob.emit("session:changeVideo", Map.of("videoId", VIDEO)); // tells node 1 that the address has had enough
        Awaitility.await("the other node refuses too")
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    bob.emit("session:changeVideo", Map.of("videoId", VIDEO));
                    return !bob.unawaited("session:error").isEmpty();
                });

        assertThat(bob.await("session:error").path("code").textValue()).isEqualTo("RATE_LIMITED");
        assertThat(ann.unawaited("session:error")).isEmpty();
    }

    @Test
    void connectionsOfAnAddressAreLimitedOnAllNodesTogether() {
        start(Map.of(
                "watchparty.limits.connections.per-second", 1,
                "watchparty.limits.connections.burst", 20));

        List<Integer> first = IntStream.range(0, 20).mapToObj(i -> handshake(0)).toList();

        assertThat(first).containsOnly(200);
        Awaitility.await("the other node refuses too")
                .atMost(Duration.ofSeconds(10))
                .until(() -> handshake(1) == 429);
    }

    private int handshake(int node) {
        return TestingRawClient.get(cluster.node(node), HANDSHAKE).status();
    }

    @Test
    void nodesKeepTheirOwnLimitsWhileRedisIsAway() {
        start(Map.of(
                "watchparty.limits.connections.per-second", 1,
                "watchparty.limits.connections.burst", 20));
        cluster.redis().stop();

        List<Integer> statuses =
                IntStream.range(0, 200).mapToObj(i -> handshake(i % 2)).toList();

        assertThat(statuses.subList(0, 40)).as("each node's own burst").containsOnly(200);
        assertThat(statuses).contains(429);
    }
}
