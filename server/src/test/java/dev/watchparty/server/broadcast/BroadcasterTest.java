package dev.watchparty.server.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.watchparty.protocol.PlaybackSync;
import dev.watchparty.protocol.PlaybackUpdate;
import dev.watchparty.protocol.SessionInit;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.TestingClock;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.memory.MemoryStore;
import dev.watchparty.server.session.memory.TestingMemoryStore;
import dev.watchparty.server.socketio.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests which socket receives which message: the broadcaster with the real store and rules. */
class BroadcasterTest {
    private static final RoomId ROOM = RoomId.DEFAULT;
    private static final Duration NEVER = Duration.ofHours(1);
    private static final VideoId VIDEO = new VideoId("dQw4w9WgXcQ");

    private final TestingClock clock = new TestingClock(1_000_000);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final TestingBroadcasts sent = new TestingBroadcasts();
    private final Members members = new Members();
    private final Map<String, Member> bySocketId = new HashMap<>();
    private final Map<String, Visitor> visitors = new HashMap<>();
    private final List<String> replaced = new ArrayList<>();
    private long arrivals;
    private MemoryStore store;
    private Broadcaster broadcaster;

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void joinerGetsASnapshotAndAllOthersAnAnnouncement() {
        start(new BroadcastFixes(true, true, Optional.empty(), true));
        enter("alice", true);
        enter("bob", true);
        store.join(ROOM, "alice", new Username("Alice"));

        assertThat(sent.take())
                .containsExactly(
                        "alice: session:init", "bob: session:init", "alice: session:init", "bob: session:userJoined");
    }

    @Test
    void snapshotHasTheCurrentPosition() {
        start(new BroadcastFixes(true, true, Optional.empty(), true));
        enter("alice", true);
        store.apply(ROOM, "alice", new PlaybackCommand.ChangeVideo(VIDEO));
        store.apply(ROOM, "alice", new PlaybackCommand.Play(Optional.of(10.0)));
        clock.advance(2500);
        enter("bob", false);

        SessionInit init = (SessionInit) last().payload();
        assertThat(init.playbackTime()).isEqualTo(12.5);
        assertThat(init.isPlaying()).isTrue();
        assertThat(init.lastActionBy()).isEqualTo("alice");
        assertThat(init.lastActionByUsername()).isEqualTo("Unknown");
        assertThat(init.lastUpdatedAt()).isEqualTo(1_000_000);
    }

    @Test
    void reconnectedPageReceivesMissedChangesUnderTheirOwnNumbers() {
        start(new BroadcastFixes(true, true, Optional.empty(), true));
        enter("alice", true);
        store.apply(ROOM, "alice", new PlaybackCommand.ChangeVideo(VIDEO));
        store.apply(ROOM, "alice", new PlaybackCommand.Play(Optional.of(1.0)));
        store.apply(ROOM, "alice", new PlaybackCommand.Seek(Optional.of(60.0)));
        clock.advance(1000);
        sent.take();
        enter("bob", true);
        enter("carol", false);

        assertThat(sent.take())
                .containsExactly(
                        "bob: session:init",
                        "bob: session:videoChange",
                        "bob: session:play",
                        "bob: session:seek",
                        "carol: session:init");
        PlaybackUpdate play =
                (PlaybackUpdate) sent.sent().get(sent.sent().size() - 3).payload();
        assertThat(play).isEqualTo(new PlaybackUpdate(61, 1_000_002, 1_000_000, "Unknown"));
    }

    @Test
    void unjoinedSocketLeavesSilentlyUnlessTheFixIsOff() {
        start(new BroadcastFixes(true, true, Optional.empty(), true));
        enter("alice", true);
        enter("bob", true);
        enter("carol", true);
        store.join(ROOM, "bob", new Username("Bob"));
        sent.take();
        leave("carol");
        leave("bob");
        await().untilAsserted(() -> assertThat(sent.lines()).containsExactly("alice: session:userLeft"));

        start(new BroadcastFixes(true, false, Optional.empty(), true));
        enter("alice", true);
        enter("carol", true);
        sent.take();
        leave("carol");
        assertThat(sent.take()).containsExactly("alice: session:userLeft");
    }

    @Test
    void senderOfAPauseGetsItsEchoLate() {
        startPlaying(Duration.ofMillis(20));
        store.apply(ROOM, "alice", new PlaybackCommand.Pause(Optional.of(1.0)));

        await().untilAsserted(
                        () -> assertThat(sent.lines()).containsExactly("bob: session:pause", "alice: session:pause"));
    }

    @Test
    void senderThatPlaysMeanwhileNeverGetsTheEchoOfItsPause() {
        startPlaying(NEVER);
        store.apply(ROOM, "alice", new PlaybackCommand.Pause(Optional.of(1.0)));
        store.apply(ROOM, "alice", new PlaybackCommand.Play(Optional.of(60.0)));

        assertThat(sent.take()).containsExactly("bob: session:pause", "alice bob: session:play");
        assertThat(timer.getQueue()).hasSize(1); // only the store's sweep
    }

    @Test
    void heldEchoIsSentBeforeAChangeOfAnotherSoThatNumbersRise() {
        startPlaying(NEVER);
        store.apply(ROOM, "alice", new PlaybackCommand.Pause(Optional.of(1.0)));
        store.apply(ROOM, "bob", new PlaybackCommand.Play(Optional.of(1.0)));

        assertThat(sent.take())
                .containsExactly("bob: session:pause", "alice: session:pause", "alice bob: session:play");
    }

    @Test
    void echoOfASocketThatLeavesIsDropped() {
        startPlaying(NEVER);
        store.apply(ROOM, "alice", new PlaybackCommand.Pause(Optional.of(1.0)));
        leave("alice");
        store.apply(ROOM, "bob", new PlaybackCommand.Play(Optional.of(1.0)));

        assertThat(sent.take()).containsExactly("bob: session:pause", "bob: session:play");
    }

    @Test
    void clientThatDoesNotEchoGetsItsPauseAtOnce() {
        start(new BroadcastFixes(true, true, Optional.of(NEVER), true));
        enter("alice", false);
        store.apply(ROOM, "alice", new PlaybackCommand.ChangeVideo(VIDEO));
        store.apply(ROOM, "alice", new PlaybackCommand.Play(Optional.of(1.0)));
        sent.take();
        store.apply(ROOM, "alice", new PlaybackCommand.Pause(Optional.of(1.0)));

        assertThat(sent.take()).containsExactly("alice: session:pause");
    }

    @Test
    void sameVideoIsFollowedByAPauseToAll() {
        startPlaying(NEVER);
        store.apply(ROOM, "alice", new PlaybackCommand.ChangeVideo(VIDEO));

        assertThat(sent.take()).containsExactly("alice bob: session:videoChange", "alice bob: session:pause");
        assertThat(((PlaybackUpdate) last().payload()).time()).isZero();
    }

    @Test
    void onlyTheSenderOfAnEchoReceivesThePosition() {
        startPlaying(NEVER);
        clock.advance(1000);
        store.apply(ROOM, "bob", new PlaybackCommand.Play(Optional.of(1.9)));

        assertThat(sent.take()).containsExactly("bob: session:sync");
        assertThat(last().payload()).isEqualTo(new PlaybackSync(2, 1_000_002, 1_000_000));
    }

    @Test
    void slowPlayerReceivesAPositionAheadByItsExpectedStartTime() {
        startPlaying(NEVER);
        clock.advance(1200);
        store.apply(ROOM, "bob", new PlaybackCommand.Play(Optional.of(1.0)));

        assertThat(sent.take()).containsExactly("bob: session:sync");
        assertThat(((PlaybackSync) last().payload()).time()).isCloseTo(2.2 + 1.15, within(1e-9));
    }

    @Test
    void echoThatIsNearEnoughIsNotAnswered() {
        startPlaying(NEVER);
        sent.take();
        clock.advance(1000);
        store.apply(ROOM, "bob", new PlaybackCommand.Play(Optional.of(1.5)));

        assertThat(sent.take()).isEmpty();
    }

    @Test
    void heartbeatSkipsPlayersThatAreStarting() {
        startPlaying(NEVER);
        sent.take();
        clock.advance(200);
        broadcaster.beat();
        assertThat(sent.take()).containsExactly("alice bob: session:sync (volatile)");
        clock.advance(1000);
        broadcaster.beat();
        assertThat(sent.take()).containsExactly("alice: session:sync (volatile)");

        store.apply(ROOM, "bob", new PlaybackCommand.Play(Optional.of(1.0)));
        clock.advance(1000);
        broadcaster.beat();
        assertThat(sent.take()).containsExactly("bob: session:sync", "alice: session:sync (volatile)");
        clock.advance(200);
        store.apply(ROOM, "bob", new PlaybackCommand.Play(Optional.of(3.3)));
        broadcaster.beat();
        assertThat(sent.take()).containsExactly("bob: session:sync", "alice bob: session:sync (volatile)");
    }

    @Test
    void onlyAStaleJoinerReceivesItsCorrectionAndTheNewNumber() {
        startPlaying(NEVER);
        store.join(ROOM, "alice", new Username("Alice"));
        store.join(ROOM, "bob", new Username("Bob"));
        await().until(() -> sent.take().contains("alice: session:userJoined"));
        store.apply(ROOM, "bob", new PlaybackCommand.Pause(Optional.of(0.0)));

        assertThat(sent.take()).containsExactly("bob: session:play");
        assertThat(last().payload()).isEqualTo(new PlaybackUpdate(1, 1_000_003, 1_000_000, "Unknown"));
        store.apply(ROOM, "alice", new PlaybackCommand.Seek(Optional.of(5.0)));
        assertThat(((PlaybackUpdate) last().payload()).seq()).isEqualTo(1_000_004);
    }

    @Test
    void heartbeatGoesToPlayingRoomsThatHaveAVideo() {
        start(new BroadcastFixes(true, true, Optional.empty(), true));
        enter("alice", true);
        store.apply(ROOM, "alice", new PlaybackCommand.Play(Optional.of(1.0)));
        sent.take();
        broadcaster.beat();
        assertThat(sent.take()).isEmpty();

        store.apply(ROOM, "alice", new PlaybackCommand.ChangeVideo(VIDEO));
        broadcaster.beat();
        store.apply(ROOM, "alice", new PlaybackCommand.Play(Optional.of(1.0)));
        sent.take();
        clock.advance(1000);
        broadcaster.beat();
        assertThat(sent.take()).containsExactly("alice: session:sync (volatile)");
        assertThat(((PlaybackSync) last().payload()).time()).isEqualTo(2);
    }

    @Test
    void lostMemberGetsNothingDuringItsGrace() {
        startPlaying(NEVER);
        disconnect(bySocketId.get("bob"));
        store.apply(ROOM, "alice", new PlaybackCommand.Seek(Optional.of(60.0)));

        assertThat(sent.take()).containsExactly("alice: session:seek");
    }

    @Test
    void lostMemberDoesNotRemoveALaterConnectionOfItsSocket() {
        startPlaying(NEVER);
        Member first = bySocketId.get("bob");
        enter("bob", true);
        sent.take();
        disconnect(first);
        store.apply(ROOM, "alice", new PlaybackCommand.Seek(Optional.of(60.0)));

        assertThat(sent.take()).containsExactly("alice bob: session:seek");
    }

    @Test
    void memberWhoseSocketEntersOnAnotherNodeIsReplaced() {
        startPlaying(NEVER);
        Member here = bySocketId.get("bob");
        store.enter(ROOM, new Arrival("bob", here.arrival().number() + 1, true));
        store.apply(ROOM, "alice", new PlaybackCommand.Seek(Optional.of(60.0)));

        assertThat(sent.take()).containsExactly("alice: session:seek");
        assertThat(replaced).containsExactly("bob");
        disconnect(here);
        assertThat(sent.take()).isEmpty();
    }

    @Test
    void memberThatEntersTwiceIsNotReplaced() {
        startPlaying(NEVER);
        store.enter(ROOM, bySocketId.get("bob").arrival());
        store.apply(ROOM, "alice", new PlaybackCommand.Seek(Optional.of(60.0)));

        assertThat(sent.take()).contains("alice bob: session:seek");
        assertThat(replaced).isEmpty();
    }

    @Test
    void memberThatDisconnectedBeforeItEnteredIsNotGreeted() {
        start(new BroadcastFixes(true, true, Optional.empty(), true));
        Member gone = new Member(
                TestingBroadcasts.client("bob"),
                ROOM,
                new Arrival("bob", ++arrivals, true),
                PartyDialect.of(1),
                Optional.empty());
        members.add(gone);
        disconnect(gone);
        store.enter(ROOM, gone.arrival());

        assertThat(sent.take()).isEmpty();
    }

    private void startPlaying(Duration ownPauseEchoDelay) {
        start(new BroadcastFixes(true, true, Optional.of(ownPauseEchoDelay), true));
        enter("alice", true);
        enter("bob", true);
        store.apply(ROOM, "alice", new PlaybackCommand.ChangeVideo(VIDEO));
        store.apply(ROOM, "alice", new PlaybackCommand.Play(Optional.of(1.0)));
        sent.take();
    }

    private void start(BroadcastFixes fixes) {
        store = TestingMemoryStore.create(clock, timer);
        timer.setRemoveOnCancelPolicy(true);
        broadcaster = new Broadcaster(sent, members, clock, fixes, timer, Duration.ZERO, 1000);
        store.subscribe(broadcaster);
    }

    private void enter(String socketId, boolean echoes) {
        Member member = new Member(
                TestingBroadcasts.client(socketId, () -> replaced.add(socketId)),
                ROOM,
                new Arrival(socketId, ++arrivals, echoes),
                PartyDialect.of(1),
                Optional.empty());
        members.add(member);
        bySocketId.put(socketId, member);
        visitors.put(
                socketId,
                store.enter(ROOM, member.arrival()).toCompletableFuture().join());
    }

    private void disconnect(Member member) {
        members.remove(member);
        broadcaster.forget(member);
    }

    private void leave(String socketId) {
        store.leave(ROOM, visitors.get(socketId));
    }

    private Message last() {
        List<Message> all = sent.sent();
        return all.get(all.size() - 1);
    }
}
