package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.TestingObservedNode.ROOM;
import static dev.watchparty.server.session.redis.TestingObservedNode.VIDEO;
import static dev.watchparty.server.session.redis.TestingObservedNode.done;
import static dev.watchparty.server.session.redis.TestingObservedNode.seek;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.testing.TestingRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises that several nodes keep together. */
class RedisNodesTest {
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

    private TestingObservedNode start() {
        return TestingObservedNode.start(nodes, TestingNodes.config(Topology.STANDALONE, redis.uri()), Pace.DEFAULT);
    }

    private List<TestingObservedNode> start(int count) {
        List<TestingObservedNode> observed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            observed.add(start());
        }
        return observed;
    }

    @Test
    void commandsOfFourNodesGetOneOrderEachOnce() {
        List<TestingObservedNode> four = start(4);
        int commands = 300;
        for (int i = 0; i < four.size(); i++) {
            four.get(i).enter("socket" + i);
        }
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            for (int n = 0; n < four.size(); n++) {
                answers.add(four.get(n)
                        .send("socket" + n, seek(i * four.size() + n))
                        .toCompletableFuture());
            }
        }
        answers.forEach(TestingObservedNode::done);

        int all = commands * four.size();
        await().until(() -> four.stream().allMatch(node -> node.numbers().size() == all));
        assertThat(four.get(0).numbers()).isSorted().doesNotHaveDuplicates();
        assertThat(four).allSatisfy(node -> assertThat(node.numbers())
                .isEqualTo(four.get(0).numbers()));
        assertThat(four.get(1).told(Changed.class).stream()
                        .map(changed -> changed.state().anchor()))
                .doesNotHaveDuplicates();
        assertThat(four.stream()
                        .mapToLong(node -> node.store().counts().attempts())
                        .sum())
                .as("attempts")
                .isLessThan(3L * all);
    }

    @Test
    void allNodesHaveTheSameListInTheSameOrder() {
        List<TestingObservedNode> three = start(3);
        for (int i = 0; i < 30; i++) {
            three.get(i % 3).enter("socket" + i);
            three.get(i % 3).name("socket" + i, "Name" + i);
        }
        TestingObservedNode late = start();
        late.enter("late");

        await().until(() -> three.stream().allMatch(node -> node.names().size() == 30));
        assertThat(late.names()).hasSize(30).isEqualTo(three.get(0).names());
        assertThat(three).allSatisfy(node -> assertThat(node.names()).isEqualTo(late.names()));
    }

    @Test
    void socketThatComesBackOnAnotherNodeMovesUnheard() {
        TestingObservedNode one = start();
        TestingObservedNode other = start();
        Visitor watcher = other.enter("watcher");
        Visitor first = one.enter("a");
        one.name("a", "Alice");
        one.forget();
        Visitor second = other.enter("a");

        await().until(() -> !one.events().isEmpty());
        done(one.store().lose(ROOM, first));
        done(one.store().leave(ROOM, first));

        assertThat(second.visit()).isGreaterThan(first.visit());
        assertThat(second.returningAs()).contains(new Username("Alice"));
        assertThat(one.events()).singleElement().isInstanceOfSatisfying(Entered.class, entered -> assertThat(
                        entered.visitor().visit())
                .isEqualTo(second.visit()));
        assertThat(other.told(Left.class)).isEmpty();
        assertThat(other.told(Joined.class)).hasSize(1);
        assertThat(other.told(Entered.class).stream().map(Entered::visitor)).containsExactly(watcher, second);
    }

    @Test
    void lostSubscriptionIsMadeGoodByReadingTheRoom() {
        TestingObservedNode one = start();
        TestingObservedNode other = start();
        one.enter("a");
        other.enter("b");
        one.command("a", VIDEO);
        await().until(() -> other.numbers().size() == 1);
        for (int i = 0; i < 5; i++) {
            redis.killSubscribers();
            one.command("a", seek(100.0 + i));
        }
        await().until(() -> other.numbers().contains(last(one.numbers())));
        assertThat(other.numbers()).isSorted().doesNotHaveDuplicates();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    @Test
    void flushedScriptsAreSentAgain() {
        TestingObservedNode one = start();
        one.enter("a");
        redis.flushScripts();
        one.command("a", VIDEO);

        assertThat(one.numbers()).hasSize(1);
    }

    @Test
    void emptyRedisIsFilledFromWhatTheNodesKnow() {
        TestingObservedNode one = start();
        TestingObservedNode other = start();
        one.enter("a");
        one.name("a", "Alice");
        other.enter("b");
        other.name("b", "Bob");
        one.command("a", VIDEO);
        one.command("a", new PlaybackCommand.Play(Optional.of(7.0)));
        await().until(() -> other.numbers().size() == 2);
        redis.command("FLUSHALL");
        other.command("b", seek(42.0));

        await().until(() -> one.numbers().size() == 3);
        assertThat(one.numbers()).isSorted().isEqualTo(other.numbers());
        TestingObservedNode late = start();
        late.enter("c");
        assertThat(late.names()).containsExactly("Alice", "Bob");
        assertThat(one.told(Left.class)).isEmpty();
        assertThat(other.told(Left.class)).isEmpty();
    }
}
