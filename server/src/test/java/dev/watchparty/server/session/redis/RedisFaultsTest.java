package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.TestingObservedNode.ROOM;
import static dev.watchparty.server.session.redis.TestingObservedNode.SLOW;
import static dev.watchparty.server.session.redis.TestingObservedNode.VIDEO;
import static dev.watchparty.server.session.redis.TestingObservedNode.done;
import static dev.watchparty.server.session.redis.TestingObservedNode.seek;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.session.SettingsCommand;
import dev.watchparty.server.session.StoreUnavailableException;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingNetwork;
import dev.watchparty.server.testing.TestingRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of two nodes when something between one of them and Redis fails. */
class RedisFaultsTest {
    /** A node notices at once. */
    private static final Pace FAST =
            new Pace(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(600));

    private static final Duration CONVERGENCE = Duration.ofSeconds(5);

    private static TestingRedis redis;
    private final TestingNodes nodes = new TestingNodes();
    private TestingNetwork network;
    private TestingObservedNode near;
    private TestingObservedNode far; // reaches Redis through the network

    @BeforeAll
    static void startRedis() {
        redis = TestingRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void openNetwork() {
        redis.command("FLUSHALL");
        network = TestingNetwork.to(redis);
    }

    @AfterEach
    void stopNodes() {
        network.restore();
        nodes.close();
        network.close();
    }

    private void start(Pace pace) {
        near = TestingObservedNode.start(nodes, TestingNodes.config(Topology.STANDALONE, redis.uri()), pace);
        far = TestingObservedNode.start(
                nodes, TestingNodes.config(Topology.STANDALONE, redis.uriThrough(network)), pace);
        near.join("Ann");
        far.join("Ben");
        near.command("Ann", VIDEO);
        await().until(() -> far.numbers().size() == 1 && near.names().size() == 2);
    }

    private void awaitConverged() {
        await().atMost(CONVERGENCE).until(() -> near.agreesWith(far));
    }

    private static void assertUnavailable(CompletionStage<?> call) {
        assertThatThrownBy(() -> done(call))
                .cause()
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(RedisLink.UNREACHABLE);
    }

    private void assertNumbersRise() {
        assertThat(List.of(near, far))
                .allSatisfy(node -> assertThat(node.numbers()).isSorted().doesNotHaveDuplicates());
    }

    @Test
    void blackHoleRefusesInWordsAndEndsInAgreement() {
        start(SLOW);
        network.silence();
        near.command("Ann", seek(10));

        assertUnavailable(far.send("Ben", seek(99)));
        assertThat(far.told(Corrected.class)).singleElement().satisfies(corrected -> assertThat(corrected.socketId())
                .isEqualTo("Ben"));
        assertUnavailable(far.store().ready());
        far.join("Cid");
        assertThat(far.names()).containsExactly("Ann", "Ben", "Cid");
        assertUnavailable(far.store().apply(ROOM, "Cid", seek(98)));
        assertThatThrownBy(() -> far.enter(new RoomId("other"), "Dan"))
                .cause()
                .isInstanceOf(StoreUnavailableException.class);
        near.command("Ann", seek(11));
        assertThat(near.names()).containsExactly("Ann", "Ben");

        network.restore();
        awaitConverged();
        assertThat(near.names()).containsExactly("Ann", "Ben", "Cid");
        assertThat(near.playback().anchor()).isGreaterThanOrEqualTo(11).isLessThan(98);
        done(far.store().ready());
        far.command("Cid", seek(50));
        await().until(() -> near.playback().anchor() == 50);
        assertNumbersRise();
        assertThat(near.told(Left.class)).isEmpty();
        assertThat(far.told(Left.class)).isEmpty();
    }

    @Test
    void emptyRedisForgetsNobodyEvenIfANewNodeIsTheFirstToOpenTheRoom() {
        start(new Pace(Duration.ofMinutes(1), Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(600)));
        Visitor cid = near.enter("Cid");
        near.name("Cid", "Cid");
        await().until(() -> far.names().size() == 3);
        done(near.store().lose(ROOM, cid));

        redis.command("FLUSHALL");
        TestingObservedNode fresh =
                TestingObservedNode.start(nodes, TestingNodes.config(Topology.STANDALONE, redis.uri()), SLOW);
        fresh.enter("Dan");

        await().atMost(CONVERGENCE)
                .until(() -> fresh.names().size() == 3 && done(fresh.store().expects(ROOM, "Cid")));
        assertThat(fresh.names()).containsExactlyInAnyOrder("Ann", "Ben", "Cid");
        assertThat(fresh.playback().videoId()).isEqualTo(near.playback().videoId());
        assertThat(List.of(near, far)).allSatisfy(node -> {
            assertThat(node.told(Left.class)).isEmpty();
            assertThat(node.told(Joined.class)).hasSize(3);
        });
    }

    @Test
    void conflictOverALostSocketDoesNotRemoveTheOneThatHasComeBack() {
        start(FAST);
        Visitor cid = near.enter("Cid");
        near.name("Cid", "Cid");
        await().until(() -> far.names().size() == 3);
        network.silence();
        assertUnavailable(far.send("Ben", seek(99)));
        done(near.store().lose(ROOM, cid));
        far.join("Cid");

        network.restore();
        awaitConverged();
        near.join("Eve");
        done(near.store().lose(ROOM, near.enter("Eve")));
        await().atMost(Duration.ofSeconds(30)).until(() -> near.told(Left.class).stream()
                .anyMatch(left -> left.socketId().equals("Eve")));
        assertThat(near.names()).containsExactlyInAnyOrder("Ann", "Ben", "Cid");
        awaitConverged();
    }

    @Test
    void socketThatComesBackWhileItsRemovalFailsStays() {
        start(SLOW);
        Visitor cid = near.enter("Cid");
        near.name("Cid", "Cid");
        done(near.store().lose(ROOM, cid));
        await().until(() -> far.room()
                .replica()
                .entry("Cid")
                .filter(entry -> entry.document().lostAt() != null)
                .isPresent());
        network.silence();
        CompletionStage<Void> removal =
                far.room().remove("Cid", far.room().replica().entry("Cid").orElseThrow());
        far.join("Cid");
        assertUnavailable(removal);

        network.restore();
        awaitConverged();
        assertThat(near.names()).containsExactlyInAnyOrder("Ann", "Ben", "Cid");
        assertThat(far.told(Left.class)).isEmpty();
        assertThat(near.told(Left.class)).isEmpty();
    }

    @Test
    void blackHoleLongerThanTheLeaseCostsNobodyAPlace() {
        start(FAST);
        network.silence();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !near.told(Left.class).isEmpty());
        assertUnavailable(far.send("Ben", seek(99)));
        assertThat(far.names()).containsExactly("Ann", "Ben");
        near.command("Ann", seek(10));

        network.restore();
        awaitConverged();
        assertThat(near.names()).containsExactly("Ann", "Ben");
        assertThat(near.told(Left.class)).hasSize(1);
        assertThat(near.told(Joined.class)).hasSize(3);
        assertThat(far.told(Left.class)).isEmpty();
        far.command("Ben", seek(50));
        await().until(() -> near.playback().anchor() == 50);
        assertNumbersRise();
    }

    @Test
    void socketLostDuringABlackHoleLeavesAfterIt() {
        start(FAST);
        Visitor lost = far.enter("Cid");
        network.silence();
        done(far.store().lose(ROOM, lost));
        done(far.store().leave(ROOM, lost));
        network.restore();

        await().until(() ->
                near.told(Left.class).stream().anyMatch(left -> left.socketId().equals("Cid")));
        awaitConverged();
        assertThat(redis.command("HEXISTS", "wp:{%d}:roster:film-night".formatted(RedisKeys.shard(ROOM)), "Cid"))
                .isEqualTo("0");
    }

    @Test
    void lostLastMessageIsMadeGoodByTheSweep() {
        start(FAST);
        network.loseNext("playback film-night");
        near.command("Ann", seek(10));
        await().until(() -> network.planned() == 0);

        await().until(() -> far.agreesWith(near));
        assertThat(far.numbers()).isEqualTo(near.numbers());
    }

    @Test
    void lostMessageIsMadeGoodByTheNextOne() {
        start(SLOW);
        network.loseNext("playback film-night");
        near.command("Ann", seek(10));
        near.command("Ann", seek(20));

        await().until(() -> far.agreesWith(near));
        assertThat(last(far.changes())).isEqualTo(last(near.changes()));
        assertNumbersRise();
    }

    @Test
    void strangerWhoEntersWhereALockIsNotKnownYetIsSentAway() {
        near = TestingObservedNode.start(nodes, TestingNodes.config(Topology.STANDALONE, redis.uri()), SLOW);
        far = TestingObservedNode.start(
                nodes, TestingNodes.config(Topology.STANDALONE, redis.uriThrough(network)), SLOW);
        near.createFor("hanna");
        near.enterAs("hanna", "h1");
        far.enterAs("gus", "g1");
        network.loseNext("playback film-night");
        near.command(
                "h1",
                new SettingsCommand.Update(Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty()));
        await().until(() -> network.planned() == 0);
        assertThat(far.settings().locked()).isFalse();

        assertThatThrownBy(() -> far.enterAs("stranger", "s1"))
                .cause()
                .isInstanceOf(SessionException.class)
                .hasMessage("this room is locked");
        assertThat(far.settings().locked()).isTrue();
        await().until(() -> near.room().replica().state().roster().find("s1").isEmpty());
        far.enterAs("gus", "g2");
    }

    private void assertTwoCommandsAreToldOnceInOrder() {
        near.command("Ann", seek(10));
        near.command("Ann", seek(20));

        await().until(() -> far.numbers().size() == 3);
        assertThat(network.planned()).isZero();
        assertThat(far.changes()).isEqualTo(near.changes());
        assertThat(far.agreesWith(near)).isTrue();
    }

    @Test
    void repeatedMessageIsToldOnce() {
        start(SLOW);
        network.repeatNext("playback film-night");
        assertTwoCommandsAreToldOnceInOrder();
    }

    @Test
    void swappedMessagesAreToldInTheirOrder() {
        start(SLOW);
        network.swapNext("playback film-night");
        assertTwoCommandsAreToldOnceInOrder();
    }

    @Test
    void subscriberCutForItsBufferMissesNothing() {
        start(SLOW);
        List<String> before = subscribers();
        redis.configure("client-output-buffer-limit", "pubsub 16kb 0 0");
        try {
            // The commands of many are published together.
            IntStream.range(0, 60).forEach(i -> near.join("Cid" + i));
            await().until(() -> {
                IntStream.range(0, 60)
                        .mapToObj(i -> near.send("Cid" + i, seek(i)))
                        .toList()
                        .forEach(TestingObservedNode::done);
                return subscribers().stream().noneMatch(before::contains);
            });
        } finally {
            redis.configure("client-output-buffer-limit", "pubsub 32mb 8mb 60");
        }

        await().until(() -> far.agreesWith(near));
        assertThat(last(far.changes())).isEqualTo(last(near.changes()));
        assertNumbersRise();
        near.command("Ann", VIDEO);
        await().until(() -> far.agreesWith(near));
    }

    /** The ids of the connections with subscriptions. */
    private static List<String> subscribers() {
        return redis.command("CLIENT", "LIST", "TYPE", "pubsub")
                .lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    @Test
    void flushedScriptsAreLoadedOnce() {
        start(SLOW);
        redis.flushScripts();
        redis.resetCalls();
        near.command("Ann", seek(10));
        far.command("Ben", seek(20));
        near.command("Ann", seek(30));
        far.command("Ben", seek(40));

        assertThat(redis.calls("eval")).isEqualTo(1);
        await().until(() -> near.numbers().size() == 5);
        assertThat(near.changes()).isEqualTo(far.changes());
    }

    @Test
    void deadSubscriptionIsOpenedAgain() {
        start(new Pace(SLOW.lease(), SLOW.renewal(), Duration.ofMillis(500), SLOW.sweep()));
        List<String> before = subscribers();
        network.silenceSubscribers();
        near.command("Ann", seek(10));

        await().until(() -> far.agreesWith(near));
        assertThat(subscribers()).anyMatch(id -> !before.contains(id));
        assertThat(far.changes()).isEqualTo(near.changes());
        network.restore();
        near.command("Ann", seek(20));
        await().until(() -> far.agreesWith(near));
        assertThat(far.changes()).isEqualTo(near.changes());
        await().until(() -> subscribers().size() == 2);
    }

    @Test
    void commandWhoseReplyIsLostIsCarriedOutOnce() {
        start(SLOW);
        List<PlaybackChange> before = near.changes();
        CompletionStage<Void> answer = losingTheReply(() -> far.send("Ben", seek(10)));

        done(answer);
        await().until(() -> near.agreesWith(far));
        assertThat(near.changes()).hasSize(before.size() + 1).isEqualTo(far.changes());
    }

    @Test
    void visitWhoseReplyIsLostHappensOnce() {
        start(SLOW);
        Visitor visitor = done(losingTheReply(() -> far.store().enter(ROOM, arrival("Cid"))));
        done(losingTheReply(() -> far.store().join(ROOM, "Cid", new Username("Cid"))));
        await().until(() -> near.agreesWith(far));
        assertThat(near.names()).containsExactly("Ann", "Ben", "Cid");
        assertThat(far.told(Entered.class).stream()
                        .filter(entered -> entered.visitor().equals(visitor)))
                .hasSize(1);
        assertThat(near.told(Joined.class)).hasSize(3);

        done(losingTheReply(() -> far.store().leave(ROOM, visitor)));
        await().until(() -> near.agreesWith(far));
        assertThat(near.names()).containsExactly("Ann", "Ben");
        assertThat(near.told(Left.class)).hasSize(1);
        assertThat(far.told(Left.class)).hasSize(1);
    }

    private static Arrival arrival(String socketId) {
        return new Arrival(socketId, 1, true);
    }

    private interface Call<T> {
        CompletionStage<T> make();
    }

    /** Makes a call that Redis carries out, and cuts the connection before its reply arrives. */
    private <T> CompletionStage<T> losingTheReply(Call<T> call) {
        redis.resetCalls();
        network.delay(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO);
        CompletionStage<T> answer = call.make();
        await().pollInterval(Duration.ofMillis(20)).until(() -> redis.calls("evalsha") == 1);
        network.delay(Duration.ZERO);
        network.cut();
        await().until(() -> redis.calls("evalsha") > 1);
        return answer;
    }

    @Test
    void manyWhoWatchCostRedisNoMoreThanTwo() {
        start(new Pace(Duration.ofMinutes(1), FAST.renewal(), FAST.probe(), FAST.sweep()));
        for (int i = 0; i < 300; i++) {
            near.enter("near" + i);
            far.enter("far" + i);
        }
        awaitConverged();
        redis.resetCalls();
        await().until(() -> redis.calls("set") >= 10); // of leases
        Map<String, Long> calls = redis.calls();

        assertThat(calls.keySet())
                .isSubsetOf(
                        "set", "exists", "spublish", "evalsha", "time", "hget", "pexpire", "info", "config|resetstat");
        long leases = calls.get("set");
        assertThat(calls.get("spublish")).as("probes").isLessThanOrEqualTo(leases + 4);
        assertThat(calls.getOrDefault("evalsha", 0L)).as("sweeps").isLessThanOrEqualTo(leases);
        assertThat(calls.getOrDefault("exists", 0L)).as("looks at leases").isLessThanOrEqualTo(leases + 4);
        assertThat(near.told(Changed.class)).hasSize(1);
    }

    private static <T> T last(List<T> list) {
        return new ArrayList<>(list).get(list.size() - 1);
    }
}
