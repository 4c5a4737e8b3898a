package dev.watchparty.server.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.PlaybackCommand.ChangeVideo;
import dev.watchparty.server.session.PlaybackCommand.Seek;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.TestingListener;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.testing.TestingRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several nodes promise together. */
class RedisNodesTest {
    private static final RoomId ROOM = new RoomId("film-night");
    private static final RoomLimits LIMITS = new RoomLimits(100, 1000, Duration.ofMinutes(10));
    private static final RecoveryWindow WINDOW = new RecoveryWindow(Duration.ofMinutes(2), 100);
    private static final Fixes FIXES =
            new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, true);
    private static final PlaybackCommand VIDEO = new ChangeVideo(new VideoId("dQw4w9WgXcQ"));

    private static TestingRedis redis;
    private final TestingNodes nodes = new TestingNodes();
    private long arrivals;

    /** A node, and what its sockets have been told. */
    private final class Observed {
        final TestingNodes.Node node;
        final List<SessionEvent> events = new CopyOnWriteArrayList<>();

        Observed() {
            node = nodes.start(redis.uri(), FIXES, LIMITS, WINDOW, ServerClock.anchored());
            node.store().subscribe(new TestingListener(events::add));
        }

        Visitor enter(String socketId) {
            return done(node.store().enter(ROOM, new Arrival(socketId, ++arrivals, true)));
        }

        void join(String socketId, String name) {
            done(node.store().join(ROOM, socketId, new Username(name)));
        }

        CompletionStage<Void> command(String socketId, PlaybackCommand command) {
            return node.store().apply(ROOM, socketId, command);
        }

        <T extends SessionEvent> List<T> told(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        List<Long> numbers() {
            return told(Changed.class).stream()
                    .flatMap(changed -> changed.changes().stream())
                    .map(change -> change.seq())
                    .toList();
        }

        List<String> names() {
            return node.store().snapshot(ROOM).participants().stream()
                    .map(Participant::username)
                    .map(Username::value)
                    .toList();
        }
    }

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

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private List<Observed> observed(int count) {
        List<Observed> observed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            observed.add(new Observed());
        }
        return observed;
    }

    @Test
    void commandsOfFourNodesGetOneOrderEachOnce() {
        List<Observed> four = observed(4);
        int commands = 300;
        for (int i = 0; i < four.size(); i++) {
            four.get(i).enter("socket" + i);
        }
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < commands; i++) {
            for (int n = 0; n < four.size(); n++) {
                answers.add(four.get(n)
                        .command("socket" + n, new Seek(Optional.of((double) (i * four.size() + n))))
                        .toCompletableFuture());
            }
        }
        answers.forEach(RedisNodesTest::done);

        int all = commands * four.size();
        await().until(() -> four.stream().allMatch(node -> node.numbers().size() == all));
        assertThat(four.get(0).numbers()).isSorted().doesNotHaveDuplicates();
        assertThat(four).allSatisfy(node -> assertThat(node.numbers())
                .isEqualTo(four.get(0).numbers()));
        assertThat(four.get(1).told(Changed.class).stream()
                        .map(changed -> changed.state().anchor()))
                .doesNotHaveDuplicates();
        assertThat(four.stream()
                        .mapToLong(node -> node.node.store().counts().attempts())
                        .sum())
                .as("attempts")
                .isLessThan(3L * all);
    }

    @Test
    void allNodesHaveTheSameListInTheSameOrder() {
        List<Observed> three = observed(3);
        for (int i = 0; i < 30; i++) {
            three.get(i % 3).enter("socket" + i);
            three.get(i % 3).join("socket" + i, "Name" + i);
        }
        Observed late = new Observed();
        late.enter("late");

        await().until(() -> three.stream().allMatch(node -> node.names().size() == 30));
        assertThat(late.names()).hasSize(30).isEqualTo(three.get(0).names());
        assertThat(three).allSatisfy(node -> assertThat(node.names()).isEqualTo(late.names()));
    }

    @Test
    void socketThatComesBackOnAnotherNodeMovesUnheard() {
        Observed one = new Observed();
        Observed other = new Observed();
        Visitor watcher = other.enter("watcher");
        Visitor first = one.enter("a");
        one.join("a", "Alice");
        one.events.clear();
        Visitor second = other.enter("a");

        await().until(() -> !one.events.isEmpty());
        done(one.node.store().lose(ROOM, first));
        done(one.node.store().leave(ROOM, first));

        assertThat(second.visit()).isGreaterThan(first.visit());
        assertThat(second.returningAs()).contains(new Username("Alice"));
        assertThat(one.events).singleElement().isInstanceOfSatisfying(Entered.class, entered -> assertThat(
                        entered.visitor().visit())
                .isEqualTo(second.visit()));
        assertThat(other.told(Left.class)).isEmpty();
        assertThat(other.told(Joined.class)).hasSize(1);
        assertThat(other.told(Entered.class).stream().map(Entered::visitor)).containsExactly(watcher, second);
    }

    @Test
    void lostSubscriptionIsMadeGoodByReadingTheRoom() {
        Observed one = new Observed();
        Observed other = new Observed();
        one.enter("a");
        other.enter("b");
        done(one.command("a", VIDEO));
        await().until(() -> other.numbers().size() == 1);
        for (int i = 0; i < 5; i++) {
            redis.killSubscribers();
            done(one.command("a", new Seek(Optional.of(100.0 + i))));
        }
        await().until(() -> other.numbers().contains(last(one.numbers())));
        assertThat(other.numbers()).isSorted().doesNotHaveDuplicates();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    @Test
    void flushedScriptsAreSentAgain() {
        Observed one = new Observed();
        one.enter("a");
        redis.flushScripts();
        done(one.command("a", VIDEO));

        assertThat(one.numbers()).hasSize(1);
    }

    @Test
    void emptyRedisIsFilledFromWhatTheNodesKnow() {
        Observed one = new Observed();
        Observed other = new Observed();
        one.enter("a");
        one.join("a", "Alice");
        other.enter("b");
        other.join("b", "Bob");
        done(one.command("a", VIDEO));
        done(one.command("a", new PlaybackCommand.Play(Optional.of(7.0))));
        await().until(() -> other.numbers().size() == 2);
        redis.command("FLUSHALL");
        done(other.command("b", new Seek(Optional.of(42.0))));

        await().until(() -> one.numbers().size() == 3);
        assertThat(one.numbers()).isSorted().isEqualTo(other.numbers());
        Observed late = new Observed();
        late.enter("c");
        assertThat(late.names()).containsExactly("Alice", "Bob");
        assertThat(one.told(Left.class)).isEmpty();
        assertThat(other.told(Left.class)).isEmpty();
    }
}
