package dev.watchparty.it.cluster;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.TestingCluster;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People on two nodes command one room at once. */
class OneOrderTest {
    private static final int COMMANDS_OF_EACH = 500;

    @RegisterExtension
    final TestingCluster cluster = new TestingCluster();

    @Test
    void thousandCommandsOfTwoNodesGetOneOrderEachOnce() {
        cluster.start(2, Map.of());
        TestingSocketClient ann = cluster.join(0, ClientKind.JS_WEBSOCKET, "Ann", Map.of("generation", 2));
        TestingSocketClient bob = cluster.join(1, ClientKind.JAVA_WEBSOCKET, "Bob", Map.of("generation", 2));
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        bob.await("session:videoChange");

        for (int i = 0; i < COMMANDS_OF_EACH; i++) {
            ann.emit("session:seek", Map.of("time", 2 * i));
            bob.emit("session:seek", Map.of("time", 2 * i + 1));
        }

        int all = 2 * COMMANDS_OF_EACH;
        Awaitility.await("all commands are told")
                .until(() -> seeks(ann).size() >= all && seeks(bob).size() >= all);
        assertThat(seeks(ann)).isEqualTo(seeks(bob));
        List<Long> numbers =
                seeks(ann).stream().map(seek -> seek.path("seq").longValue()).toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.get(all - 1) - numbers.get(0)).isEqualTo(all - 1);
        List<Integer> times =
                seeks(ann).stream().map(seek -> seek.path("time").intValue()).toList();
        assertThat(times)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, all).boxed().toList());
        assertThat(times.stream().filter(time -> time % 2 == 0)).isSorted();
        assertThat(times.stream().filter(time -> time % 2 == 1)).isSorted();
        assertThat(cluster.awaitAgreement().seq()).isEqualTo(numbers.get(all - 1));
    }

    private static List<JsonNode> seeks(TestingSocketClient client) {
        return client.unawaited("session:seek");
    }
}
