package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingBrowser;
import dev.watchparty.it.testing.TestingHaproxy;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingServerProcess;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.server.testing.TestingPort;
import dev.watchparty.server.testing.TestingRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** People in a real Chromium at two nodes behind HAProxy, while each node, and then Redis, dies and comes back. */
@ResourceLock("players")
class NodeLossPartyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PEOPLE = 3;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    private final List<Integer> ports = List.of(TestingPort.free(), TestingPort.free());
    private final List<TestingServerProcess> nodes = new ArrayList<>();

    @Test
    void nobodyLosesNameListOrPlace() throws Exception {
        TestingRedis redis = party.closeAfterTest(TestingRedis.start());
        ports.forEach(port -> nodes.add(start(redis, port)));
        TestingHaproxy balancer = party.use(TestingHaproxy.balance(nodes));

        CompletableFuture<JsonNode> scenario = CompletableFuture.supplyAsync(
                () -> TestingBrowser.CHROMIUM.run("node-loss", "nobody loses name, list or place", balancer));
        awaitParty(0, scenario);
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).close();
            awaitParty(1 - i, scenario);
            nodes.set(i, start(redis, ports.get(i)));
            awaitParty(i, scenario);
        }
        redis.restartEmpty();
        awaitParty(0, scenario);
        awaitParty(1, scenario);
        // Redis has to be reached again by both nodes before a command is carried out.
        TestingSocketClient conductor = party.connect(ClientKind.JAVA_WEBSOCKET, "conductor");
        await().atMost(PATIENCE).until(() -> {
            conductor.emit("session:pause", Map.of("time", 580));
            return !snapshot(1).path("isPlaying").asBoolean();
        });

        scenario.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private TestingServerProcess start(TestingRedis redis, int port) {
        return party.closeAfterTest(TestingServerProcess.start(
                List.of("-Xmx256m"),
                Map.of(
                        ServerKeys.PORT,
                        port,
                        "watchparty.store",
                        "redis",
                        "watchparty.redis.uri",
                        redis.uri().toString())));
    }

    /** Waits until a node shows the running party with everybody in it. */
    private void awaitParty(int node, CompletableFuture<JsonNode> scenario) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            assertThat(scenario).as("the scenario").isNotCompletedExceptionally();
            JsonNode snapshot = snapshot(node);
            return snapshot.path("users").size() == PEOPLE
                    && snapshot.path("isPlaying").asBoolean()
                    && snapshot.path("playbackTime").asDouble() >= 100;
        });
    }

    private JsonNode snapshot(int node) {
        return party.snapshotOf(nodes.get(node));
    }
}
