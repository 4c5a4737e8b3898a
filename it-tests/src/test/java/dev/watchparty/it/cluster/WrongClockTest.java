package dev.watchparty.it.cluster;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingServer;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.server.WatchPartyServer;
import dev.watchparty.server.session.redis.TestingClocks;
import dev.watchparty.server.testing.TestingRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One node's wall clock is wrong; all nodes measure time by the clock of Redis. */
class WrongClockTest {
    /** How far a position may be wrong on a busy machine, s. */
    private static final double TOLERANCE = 10;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void clockThatIsOffByAnHourMovesNothing(Duration error) {
        TestingRedis redis = party.closeAfterTest(TestingRedis.start());
        TestingServer wrong = party.use(start(redis, error));
        long before = System.currentTimeMillis();
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        TestingServer right = party.closeAfterTest(start(redis, Duration.ZERO));
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        ann.emit("session:play", Map.of("time", 100));
        ann.await("session:play");
        for (int i = 0; i < 3; i++) {
            ann.await("session:sync");
        }

        for (TestingServer node : List.of(wrong, right)) {
            JsonNode state = party.snapshotOf(node);
            assertThat(state.path("playbackTime").doubleValue()).isBetween(102.0, 102 + TOLERANCE);
            assertThat(state.path("lastUpdatedAt").longValue()).isBetween(before - 1000, System.currentTimeMillis());
            assertThat(state.path("seq").longValue()).isBetween(before - 1000, System.currentTimeMillis());
        }
        ann.emit("session:seek", Map.of("time", 300));
        assertThat(ann.await("session:seek").path("time").doubleValue()).isBetween(300.0, 300 + TOLERANCE);
    }

    private static TestingServer start(TestingRedis redis, Duration error) {
        return TestingServer.start(
                WatchPartyServer.builder().override(TestingClocks.wrongBy(error)),
                Map.of(
                        "watchparty.store",
                        "redis",
                        "watchparty.redis.uri",
                        redis.uri().toString()));
    }
}
