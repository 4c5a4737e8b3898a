package dev.watchparty.it.cluster;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingCluster;
import dev.watchparty.it.testing.TestingCluster.View;
import dev.watchparty.it.testing.TestingOriginalPage;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.server.testing.TestingRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Redis ends and starts again while people on two nodes watch together. */
class RedisRestartTest {
    private static final Logger log = LoggerFactory.getLogger(RedisRestartTest.class);

    /** How far a position may jump, s. */
    private static final Offset<Double> JUMP = Assertions.offset(0.3);

    /** Twenty times less on a quiet machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final TestingCluster cluster = new TestingCluster();

    private TestingSocketClient ann;
    private TestingSocketClient bob;
    private TestingSocketClient carol;
    private TestingOriginalPage dora;

    private void watch(TestingRedis redis) {
        cluster.start(redis, 2, Map.of("watchparty.sync.heartbeat", "250 ms"));
        ann = cluster.join(0, ClientKind.JS_WEBSOCKET, "Ann");
        bob = cluster.join(1, ClientKind.JAVA_WEBSOCKET, "Bob");
        carol = cluster.join(1, ClientKind.JS_UPGRADE, "Carol");
        dora = cluster.joinOriginalPage(1, "Dora");
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        ann.emit("session:play", Map.of("time", 100));
        everybody().forEach(each -> each.await("session:play"));
        dora.awaitPlayer(TestingOriginalPage.PLAYING);
    }

    private List<TestingSocketClient> everybody() {
        return List.of(ann, bob, carol);
    }

    @Test
    void nobodyNoticesThatRedisRestartsWithItsData() {
        watch(TestingRedis.builder().withData().start());
        View before = cluster.awaitAgreement();
        List<Double> starts = starts();
        List<Integer> heard =
                everybody().stream().map(each -> each.received().size()).toList();

        cluster.redis().restart();
        awaitReady();

        List<Double> after = starts();
        for (int i = 0; i < starts.size(); i++) {
            assertThat(after.get(i)).as("%s's video", everybody().get(i)).isCloseTo(starts.get(i), JUMP);
        }
        assertThat(cluster.awaitAgreement()).isEqualTo(before);
        for (int i = 0; i < heard.size(); i++) {
            List<ReceivedEvent> received = everybody().get(i).received();
            assertThat(received.subList(heard.get(i), received.size()))
                    .extracting(ReceivedEvent::name)
                    .containsOnly("session:sync");
        }
        assertRoomGoesOn(before);
    }

    @Test
    void emptyRedisIsFilledOnceAndNumbersNeverFall() {
        watch(TestingRedis.start());
        View before = cluster.awaitAgreement();
        List<Double> starts = starts();

        cluster.redis().restartEmpty();
        long startedAt = System.nanoTime();
        awaitReady();
        View filled = cluster.awaitAgreement();

        log.info(
                "all nodes agree {} ms after Redis started empty",
                Duration.ofNanos(System.nanoTime() - startedAt).toMillis());
        assertThat(filled.names()).isEqualTo(before.names());
        assertThat(filled.videoId()).isEqualTo(before.videoId());
        assertThat(filled.isPlaying()).isTrue();
        assertThat(filled.seq()).isGreaterThanOrEqualTo(before.seq());
        List<Double> after = starts();
        for (int i = 0; i < starts.size(); i++) {
            assertThat(after.get(i)).as("%s's video", everybody().get(i)).isCloseTo(starts.get(i), JUMP);
        }
        View later = cluster.awaitAgreement();
        assertThat(later.names()).as("one seed has won").isEqualTo(filled.names());
        assertThat(later.videoId()).isEqualTo(filled.videoId());
        assertThat(later.isPlaying()).isTrue();
        assertThat(later.seq()).as("a slow page may have been corrected").isGreaterThanOrEqualTo(filled.seq());
        assertRoomGoesOn(later);
        for (TestingSocketClient each : everybody()) {
            assertThat(each.unawaited("session:userLeft")).isEmpty();
            assertThat(each.received().stream()
                            .map(event -> event.payload().path("seq"))
                            .filter(JsonNode::isIntegralNumber)
                            .map(JsonNode::longValue))
                    .as("numbers told to %s", each)
                    .isSorted();
        }
    }

    /** The commands of both nodes count, and have the next numbers. */
    private void assertRoomGoesOn(View before) {
        ann.emit("session:seek", Map.of("time", 300));
        everybody().forEach(each -> assertThat(
                        each.await("session:seek").path("seq").longValue())
                .isEqualTo(before.seq() + 1));
        bob.emit("session:seek", Map.of("time", 400));
        everybody().forEach(each -> assertThat(
                        each.await("session:seek").path("seq").longValue())
                .isEqualTo(before.seq() + 2));
        assertThat(cluster.awaitAgreement().names()).isEqualTo(before.names());
        dora.await("follows", look -> look.path("time").doubleValue() >= 400);
    }

    private void awaitReady() {
        for (int number : Set.of(0, 1)) {
            Awaitility.await("node %d is ready".formatted(number))
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> cluster.isReady(number));
        }
    }

    /** When each one's video was at 0, s. A heartbeat that was late on its way does not count. */
    private List<Double> starts() {
        return everybody().stream().map(RedisRestartTest::start).toList();
    }

    private static double start(TestingSocketClient client) {
        client.unawaited("session:sync").forEach(old -> client.await("session:sync"));
        double start = Double.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            double time = client.await("session:sync").path("time").doubleValue();
            start = Math.min(start, System.nanoTime() / 1e9 - time);
        }
        return start;
    }
}
