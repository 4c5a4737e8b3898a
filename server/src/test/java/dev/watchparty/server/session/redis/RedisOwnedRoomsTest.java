package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.TestingObservedNode.MAX_ROOMS;
import static dev.watchparty.server.session.redis.TestingObservedNode.ROOM;
import static dev.watchparty.server.session.redis.TestingObservedNode.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingRedis;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bound on the rooms that have owners, on several nodes together. */
class RedisOwnedRoomsTest {
    private static final String KEY = "wp:{0}:owned";

    /** A node that counts its rooms again within the time of a test. */
    private static final Pace QUICK =
            new Pace(Duration.ofMinutes(1), Duration.ofSeconds(3), Duration.ofMinutes(10), Duration.ofMillis(100));

    private static TestingRedis redis;
    private final TestingNodes nodes = new TestingNodes();

    @BeforeAll
    static void startRedis() {
        redis = TestingRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void flush() {
        redis.command("FLUSHALL");
    }

    @AfterEach
    void stopNodes() {
        nodes.close();
    }

    private TestingObservedNode start(Pace pace) {
        return TestingObservedNode.start(nodes, TestingNodes.config(Topology.STANDALONE, redis.uri()), pace);
    }

    private static CompletionStage<Boolean> create(TestingObservedNode node, String room) {
        return node.store()
                .create(new RoomId(room), RoomSettings.createdBy("hanna", RoomTitle.NONE, Optional.empty(), 1));
    }

    private static void fill(TestingObservedNode node) {
        for (int i = 0; i < MAX_ROOMS; i++) {
            assertThat(done(create(node, "room-" + i))).isTrue();
        }
    }

    private static void assertFull(TestingObservedNode node) {
        assertThatThrownBy(() -> done(create(node, "one-more"))).cause().hasMessage("the server takes no more rooms");
    }

    /** For how long a room is still counted; negative if it is not. */
    private static Duration countedFor(String room) {
        String until = redis.command("ZSCORE", KEY, room); // null if it is not counted
        return Duration.ofMillis(until == null ? -1 : Long.parseLong(until) - System.currentTimeMillis());
    }

    @Test
    void nodesThatCreateAtOnceDoNotExceedTheBoundTogether() {
        TestingObservedNode one = start(Pace.DEFAULT);
        TestingObservedNode other = start(Pace.DEFAULT);
        long created = IntStream.range(0, MAX_ROOMS + 50)
                .mapToObj(
                        i -> create(i % 2 == 0 ? one : other, "room-" + i).handle((isNew, refusal) -> refusal == null))
                .toList()
                .stream()
                .filter(TestingObservedNode::done)
                .count();

        assertThat(created).isEqualTo(MAX_ROOMS);
        assertFull(one);
        assertFull(other);
    }

    @Test
    void roomThatHasExpiredMakesPlaceForAnother() {
        TestingObservedNode node = start(Pace.DEFAULT);
        fill(node);
        assertFull(node);
        redis.command("ZADD", KEY, "1", "room-0");

        assertThat(done(create(node, "another"))).isTrue();
        assertFull(node);
    }

    @Test
    void roomIsCountedForAsLongAsItIsKept() {
        TestingObservedNode node = start(Pace.DEFAULT);
        node.createFor("hanna");

        assertThat(countedFor(ROOM.value())).isBetween(Duration.ofHours(23), Duration.ofHours(25));
    }

    @Test
    void nameThatIsTakenIsCountedForAMomentOnly() {
        TestingObservedNode node = start(Pace.DEFAULT);
        node.join("Ann");
        assertThat(node.createFor("hanna")).isFalse();

        assertThat(countedFor(ROOM.value())).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void nameThatIsTakenIsToldAsSuchByAFullServerToo() {
        TestingObservedNode node = start(Pace.DEFAULT);
        node.join("Ann");
        fill(node);

        assertThat(node.createFor("hanna")).isFalse();
        assertFull(node);
    }

    @Test
    void roomWithPeopleIsCountedAgainAfterRedisHasLostTheCount() {
        TestingObservedNode node = start(QUICK);
        node.createFor("hanna");
        node.enterAs("hanna", "h1");
        node.enter(new RoomId("nobody-owns-it"), "a");
        redis.command("DEL", KEY);

        await().until(() -> countedFor(ROOM.value()).compareTo(Duration.ofHours(23)) > 0);
        assertThat(countedFor("nobody-owns-it")).isNegative();
    }
}
