package dev.watchparty.it.cluster;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.TestingCluster;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All nodes are replaced, one after the other, while people use the rooms. */
class RollingRestartTest {
    private static final int NODES = 3;
    private static final List<ClientKind> KINDS =
            List.of(ClientKind.JS_WEBSOCKET, ClientKind.JS_UPGRADE, ClientKind.JS_POLLING);

    @RegisterExtension
    final TestingCluster cluster = new TestingCluster();

    @Test
    void nobodyIsLostWhileThreeNodesRestartInTurn() {
        cluster.start(NODES, Map.of("watchparty.server.drain", "2 s"));
        List<TestingSocketClient> people = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            for (ClientKind kind : KINDS) {
                people.add(cluster.join(node, kind, kind + " " + node, Map.of("generation", 2)));
                places.add(node);
            }
        }
        people.get(0).emit("session:changeVideo", Map.of("videoId", VIDEO));
        people.get(0).emit("session:play", Map.of("time", 0));
        Map<String, String> names = cluster.awaitAgreement().names();
        AtomicInteger step = new AtomicInteger();
        ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
        load.scheduleWithFixedDelay(
                () -> people.get(step.incrementAndGet() % people.size())
                        .emit("session:seek", Map.of("time", step.get())),
                0,
                50,
                TimeUnit.MILLISECONDS);

        for (int node = 0; node < NODES; node++) {
            restart(node, people, places);
        }

        load.shutdown();
        assertThat(cluster.awaitAgreement().names()).isEqualTo(names);
        int last = step.get();
        assertThat(last).isGreaterThan(100);
        for (TestingSocketClient each : people) {
            assertThat(each.unawaited("session:userLeft"))
                    .as("told to %s", each)
                    .isEmpty();
            assertThat(each.unawaited("session:error")).as("told to %s", each).isEmpty();
            assertThat(numbers(each)).as("numbers told to %s", each).isSorted();
        }
        people.get(0).emit("session:seek", Map.of("time", 3000));
        people.forEach(
                each -> each.await("session:seek", seek -> seek.path("time").doubleValue() >= 3000));
    }

    private void restart(int node, List<TestingSocketClient> people, List<Integer> places) {
        cluster.node(node).terminate();
        Awaitility.await("node %d takes no more people".formatted(node)).until(() -> !cluster.isReady(node));
        int next = (node + 1) % NODES;
        for (int i = 0; i < people.size(); i++) {
            if (places.get(i) == node) {
                cluster.lead(people.get(i), next);
                places.set(i, next);
            }
        }
        assertThat(cluster.node(node).awaitExit(60)).isZero();
        cluster.restart(node);
        Awaitility.await("node %d is ready again".formatted(node)).until(() -> cluster.isReady(node));
        // Else this would be a crash of the only node that has the people.
        people.forEach(TestingSocketClient::settle);
    }

    private static List<Long> numbers(TestingSocketClient client) {
        return client.received().stream()
                .map(event -> event.payload().path("seq"))
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::longValue)
                .toList();
    }
}
