package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.TestingObservedNode.ROOM;
import static dev.watchparty.server.session.redis.TestingObservedNode.done;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.PlayerState;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.server.broadcast.TestingTimer;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.RoomState;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import dev.watchparty.server.session.redis.RoomChange.EntryWritten;
import dev.watchparty.server.testing.TestingNetwork;
import dev.watchparty.server.testing.TestingRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reports that nodes send each other, gathered on a timer of the test, and over a real Redis. */
class SharedReportsTest {
    private static final PlayerReport PLAYING = new PlayerReport(PlayerState.PLAYING, Optional.of(-80), false);
    private static final PlayerReport BLOCKED = new PlayerReport(PlayerState.BLOCKED, Optional.empty(), true);

    private static TestingRedis redis;
    private final TestingNodes nodes = new TestingNodes();
    private final TestingTimer timer = new TestingTimer();
    private final List<byte[]> published = new ArrayList<>();
    private final Replica replica = new Replica(RoomState.initial(ROOM, SessionState.initial(10, 0)), event -> {});
    private final SharedReports reports = new SharedReports(replica, "here", published::add, timer.executor());

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

    /** Nothing but messages tells it anything. */
    private TestingObservedNode start() {
        return TestingObservedNode.start(
                nodes, TestingNodes.config(Topology.STANDALONE, redis.uri()), TestingObservedNode.SLOW);
    }

    private static void report(TestingObservedNode node, String socketId, PlayerReport report) {
        done(node.store().report(ROOM, socketId, report));
    }

    private static Map<String, UserReport> reportsAt(TestingObservedNode node) {
        return done(node.store().roster(ROOM)).reports();
    }

    private void joinHere(String socketId, long version) {
        Visitor visitor = new Visitor(new Arrival(socketId, 1, true), Optional.empty(), Optional.empty(), 7);
        replica.arrive(visitor);
        PresenceDocument document =
                new PresenceDocument(PresenceDocument.SCHEMA, "here", 7, true, socketId, 5, null, null, null);
        replica.apply(
                new EntryWritten(ROOM, version - 1, version, socketId, new Entry(version, version, document)), true);
    }

    private void changeHere(String socketId, PlayerReport report) {
        replica.report(socketId, report);
        reports.changed(socketId);
    }

    /** The sockets of each message so far. */
    private List<List<String>> toldOf() {
        return published.stream()
                .map(message -> RoomMessage.read(message).reports().stream()
                        .map(ReportDocument::socketId)
                        .toList())
                .toList();
    }

    @Test
    void firstReportIsToldAtOnceAndTheNextOnesTogether() {
        replica.replace(new RoomCopy(1, 1, SessionState.initial(10, 0), Map.of(), 1), 0, 0);
        List.of("a", "b", "c").forEach(socketId -> joinHere(socketId, replica.version() + 1));
        changeHere("a", PLAYING);
        changeHere("b", PLAYING);
        changeHere("c", PLAYING);
        changeHere("b", BLOCKED);
        assertThat(toldOf()).containsExactly(List.of("a"));

        timer.elapse();
        assertThat(toldOf()).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(RoomMessage.read(published.get(1)).reports().get(0).toReport())
                .contains(BLOCKED);
        timer.elapse();
        assertThat(timer.isIdle()).isTrue();
    }

    @Test
    void crowdIsToldInMessagesOfABoundedLength() {
        replica.replace(new RoomCopy(1, 1, SessionState.initial(10, 0), Map.of(), 1), 0, 0);
        for (int i = 0; i < 1200; i++) {
            joinHere("socket" + i, replica.version() + 1);
            replica.report("socket" + i, PLAYING);
        }
        reports.receive(RoomMessage.read(RoomMessage.question(ROOM, "there")));
        for (int i = 0; i < 5; i++) {
            timer.elapse();
        }

        assertThat(toldOf()).extracting(List::size).containsExactly(500, 500, 200);
        assertThat(published).allSatisfy(message -> assertThat(message.length).isLessThan(60_000));
    }

    @Test
    void nodeDoesNotAnswerItselfAndBelievesNobodyAboutItsOwnSockets() {
        replica.replace(new RoomCopy(1, 1, SessionState.initial(10, 0), Map.of(), 1), 0, 0);
        joinHere("a", 2);
        replica.report("a", PLAYING);
        reports.receive(RoomMessage.read(RoomMessage.question(ROOM, "here")));
        reports.receive(RoomMessage.read(RoomMessage.reports(ROOM, "there", List.of(ReportDocument.of("a", BLOCKED)))));

        assertThat(published).isEmpty();
        assertThat(replica.ownReport("a")).contains(PLAYING);
    }

    @Test
    void stateThatOnlyANewerNodeKnowsIsLeftOut() {
        assertThat(new ReportDocument("a", "dancing", null, false).toReport()).isEmpty();
    }

    /** Such a node reads the header of a message, and then compares the version. */
    @Test
    void messageIsOldNewsToNodesThatDoNotKnowItsKind() {
        RoomMessage told =
                RoomMessage.read(RoomMessage.reports(ROOM, "there", List.of(ReportDocument.of("a", PLAYING))));
        RoomMessage asked = RoomMessage.read(RoomMessage.question(ROOM, "there"));

        assertThat(List.of(told, asked)).allSatisfy(message -> {
            assertThat(message.room()).isEqualTo(ROOM);
            assertThat(replica.version()).as("not read yet").isZero();
            assertThat(replica.knows(message.version())).isTrue();
        });
    }

    @Test
    void reportReachesTheOtherNodesAndStaysWhenItsSocketMoves() {
        TestingObservedNode one = start();
        TestingObservedNode other = start();
        other.join("b");
        one.join("a");
        await().until(() -> other.names().size() == 2);
        report(one, "a", PLAYING);

        await().until(() -> !other.told(Reported.class).isEmpty());
        UserReport told = UserReport.of("a", PLAYING, false);
        assertThat(other.told(Reported.class).get(0).after()).isEqualTo(told);
        assertThat(reportsAt(other)).isEqualTo(Map.of("a", told));
        other.enter("a");
        assertThat(reportsAt(other)).isEqualTo(Map.of("a", told));
        report(other, "a", BLOCKED);
        await().until(() -> reportsAt(one).equals(Map.of("a", UserReport.of("a", BLOCKED, false))));
    }

    @Test
    void reportOfASocketThatHasMovedIsToldAgainEvenIfItsNewNodeKnowsIt() {
        TestingObservedNode one = start();
        TestingObservedNode other = start();
        other.join("b");
        one.join("a");
        await().until(() -> other.names().size() == 2);
        report(one, "a", PLAYING);
        await().until(() -> reportsAt(other).containsKey("a"));
        report(one, "a", BLOCKED); // waits for the end of an interval, in which the socket moves
        other.enter("a");

        report(other, "a", PLAYING);

        await().until(() -> reportsAt(one).equals(Map.of("a", UserReport.of("a", PLAYING, false))));
    }

    @Test
    void nodeThatOpensTheRoomLaterLearnsWhatTheOthersKnowOfTheirSockets() {
        TestingObservedNode one = start();
        TestingObservedNode other = start();
        one.join("a");
        other.join("b");
        report(one, "a", PLAYING);
        report(other, "b", BLOCKED);
        done(one.store().lose(ROOM, one.enter("a")));
        TestingObservedNode late = start();
        late.join("c");

        await().until(() -> reportsAt(late).size() == 2);
        await().until(() -> reportsAt(late).containsValue(UserReport.of("b", BLOCKED, false)));
        assertThat(reportsAt(late).get("a").reconnecting()).isTrue();
    }

    @Test
    void nodeThatWasCutOffTellsItsReportsAndLearnsTheOthers() {
        try (TestingNetwork network = TestingNetwork.to(redis)) {
            TestingObservedNode near = start();
            TestingObservedNode far = TestingObservedNode.start(
                    nodes,
                    TestingNodes.config(Topology.STANDALONE, redis.uriThrough(network)),
                    TestingObservedNode.SLOW);
            near.join("a");
            far.join("b");
            await().until(() -> near.names().size() == 2);
            network.silence();
            assertThat(far.send("b", TestingObservedNode.VIDEO)).failsWithin(Duration.ofSeconds(30));
            report(near, "a", PLAYING);
            report(far, "b", BLOCKED);
            assertThat(reportsAt(near)).containsOnlyKeys("a");
            assertThat(reportsAt(far)).containsOnlyKeys("b");

            network.restore();
            Map<String, UserReport> both =
                    Map.of("a", UserReport.of("a", PLAYING, false), "b", UserReport.of("b", BLOCKED, false));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> reportsAt(near).equals(both) && reportsAt(far).equals(both));
            nodes.close(); // before the network
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "reports",
                "reports film-night 0 0 there 0",
                "reports film-night 0 0 there 0\n",
                "reports film-night 0 0 there 0\n{}",
                "reports film-night 0 0 there 0\n[null]",
                "reports film-night 0 0 there 0\n[{\"socketId\":\"a\"}]",
                "reports film-night 0 0 there 0\n[{\"player\":\"playing\",\"hidden\":false}]",
                "reports film-night 0 0 there 0\n[{\"socketId\":\"a\",\"player\":\"playing\",\"driftMs\":99999999}]",
                "reports film-night 0 0 there 0\n[{\"socketId\":\"nobody\",\"player\":\"playing\",\"hidden\":true}]",
                "reports film-night x y there 0\n[]",
                "greetings film-night 0 0 there 0\n[]",
            })
    void damagedMessageIsDroppedAndTheNextOneIsRead(String message) {
        TestingObservedNode one = start();
        TestingObservedNode other = start();
        one.join("a");
        other.join("b");
        await().until(() -> one.names().size() == 2);
        byte[] channel = new RedisKeys("wp").channel(RedisKeys.shard(ROOM));
        redis.command("SPUBLISH", new String(channel, US_ASCII), message);
        report(other, "b", PLAYING);

        await().until(() -> reportsAt(one).equals(Map.of("b", UserReport.of("b", PLAYING, false))));
        one.command("a", TestingObservedNode.VIDEO);
        await().until(() -> other.numbers().size() == 1);
    }
}
