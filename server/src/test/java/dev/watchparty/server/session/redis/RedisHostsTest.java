package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.TestingObservedNode.ROOM;
import static dev.watchparty.server.session.redis.TestingObservedNode.VIDEO;
import static dev.watchparty.server.session.redis.TestingObservedNode.seek;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.session.SettingsCommand;
import dev.watchparty.server.session.SettingsCommand.AddHost;
import dev.watchparty.server.session.SettingsCommand.Kick;
import dev.watchparty.server.session.SettingsCommand.RemoveHost;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms with hosts on several nodes. */
class RedisHostsTest {
    private static final SettingsCommand LOCK =
            new SettingsCommand.Update(Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty());

    private static TestingRedis redis;
    private final TestingNodes nodes = new TestingNodes();
    private TestingObservedNode one;
    private TestingObservedNode other;

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

    /** Hanna is host on one node, and Gus is a guest on the other; both nodes know of both. */
    private void hostAndGuest() {
        one = start();
        other = start();
        one.createFor("hanna");
        one.enterAs("hanna", "h1");
        other.enterAs("gus", "g1");
        await().until(() -> one.room().replica().state().roster().find("g1").isPresent());
    }

    private TestingObservedNode start() {
        return TestingObservedNode.start(nodes, TestingNodes.config(Topology.STANDALONE, redis.uri()), Pace.DEFAULT);
    }

    @Test
    void oneOfManyWhoCreateARoomGetsIt() {
        List<TestingObservedNode> two = List.of(start(), start());
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String host = "host" + i;
            TestingObservedNode node = two.get(i % 2);
            answers.add(CompletableFuture.supplyAsync(() -> node.createFor(host)));
        }

        assertThat(answers).extracting(CompletableFuture::join).containsOnlyOnce(true);
    }

    @Test
    void decisionOfAHostIsKnownToAllNodesAndOutlivesThem() {
        hostAndGuest();
        one.command("h1", LOCK);

        await().until(() -> other.settings().locked());
        assertThat(other.told(Changed.class)).last().satisfies(changed -> assertThat(
                        changed.state().settings().locked())
                .isTrue());
        TestingObservedNode late = start();
        assertThatThrownBy(() -> late.enterAs("stranger", "s1")).hasCauseInstanceOf(SessionException.class);
        late.enterAs("hanna", "h2");
        assertThat(late.settings().isHost("hanna")).isTrue();
    }

    @Test
    void kickIsToldOnTheNodeOfThePersonAndKeepsItOutOnAll() {
        hostAndGuest();
        one.command("h1", new Kick("gus"));

        await().until(() -> other.settings().isBanned("gus"));
        Stream.of(one, other).forEach(node -> assertThatThrownBy(() -> node.enterAs("gus", "g2"))
                .hasCauseInstanceOf(SessionException.class));
    }

    @Test
    void roleIsHandedOverAcrossNodes() {
        hostAndGuest();
        one.command("h1", new AddHost("gus"));
        await().until(() -> other.settings().isHost("gus"));
        one.command("h1", new RemoveHost("hanna"));

        await().until(() -> !one.settings().isHost("hanna"));
        assertThatThrownBy(() -> one.command("h1", LOCK)).hasCauseInstanceOf(SessionException.class);
        other.command("g1", LOCK);
    }

    @Test
    void settingsAndPlaybackOfSeveralNodesChangeInOneOrder() {
        one = start();
        other = start();
        one.createFor("hanna");
        one.enterAs("hanna", "h1");
        other.enterAs("hanna", "h2");
        one.command("h1", VIDEO);
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            boolean locked = i % 2 == 0;
            answers.add(one.send("h1", seek(i)).toCompletableFuture());
            answers.add(other.send(
                            "h2",
                            new SettingsCommand.Update(
                                    Optional.empty(), Optional.empty(), Optional.of(locked), Optional.empty()))
                    .toCompletableFuture());
        }
        answers.forEach(TestingObservedNode::done);

        await().until(() -> one.playback().equals(other.playback()));
        assertThat(one.playback().anchor()).isEqualTo(99);
        assertThat(one.settings().locked()).isFalse();
        assertThat(one.numbers()).isSorted().doesNotHaveDuplicates();
        assertThat(other.numbers()).isEqualTo(one.numbers());
    }

    /** Both nodes find that no host is there; the rules let the first of them appoint one. */
    @Test
    void oneHeirIsFoundHoweverManyNodesLookForOne() {
        one = start();
        other = start();
        one.createFor("hanna");
        one.enterAs("gus", "g1");
        one.name("g1", "Gus");
        other.enterAs("zoe", "z1");
        other.name("z1", "Zoe");
        await().until(() -> one.names().size() == 2 && other.names().size() == 2);
        List<CompletableFuture<Void>> answers = Stream.of(one, other, one, other)
                .map(node -> node.room().succeed().toCompletableFuture())
                .toList();
        answers.forEach(TestingObservedNode::done);

        await().until(() -> one.settings().equals(other.settings()));
        assertThat(one.settings().hosts()).containsExactly("hanna", "gus");
        assertThat(one.settings().changedBy()).isEqualTo(Optional.<Username>empty());
    }

    @Test
    void ownedRoomOutlivesItsLastSocketForItsOwnTime() {
        one = start();
        one.createFor("hanna");
        one.store()
                .leave(ROOM, one.enterAs("hanna", "h1"))
                .toCompletableFuture()
                .join();

        String key = "wp:{%d}:room:%s".formatted(RedisKeys.shard(ROOM), ROOM);
        assertThat(Long.parseLong(redis.command("PTTL", key).trim())).isGreaterThan(23 * 3_600_000L);
    }
}
