package dev.watchparty.server.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.Presence;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.RoomState;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.redis.RoomChange.EntryRemoved;
import dev.watchparty.server.session.redis.RoomChange.EntryWritten;
import dev.watchparty.server.session.redis.RoomChange.PlaybackReplaced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A replica, and the news that it hears of Redis. Versions are those of Redis, numbers those of the sockets. */
class ReplicaTest {
    private static final RoomId ROOM = new RoomId("film-night");
    private static final long CREATED = 1;
    private static final long NOW = 500;

    private final List<SessionEvent> events = new ArrayList<>();
    private final Replica replica = new Replica(RoomState.initial(ROOM, SessionState.initial(10, 0)), events::add);

    private static SessionState playback(long seq, double anchor) {
        return new SessionState(
                Optional.empty(), false, anchor, seq, seq, LastAction.SEEK, List.of(change(seq)), RoomSettings.UNOWNED);
    }

    private static PlaybackChange change(long seq) {
        return new PlaybackChange(LastAction.SEEK, seq, seq, "a", new Username("Ann"));
    }

    private static RoomChange seek(long before, long version, long seq) {
        SessionState playback = playback(seq, (double) seq);
        return new PlaybackReplaced(
                ROOM, before, version, playback, List.of(new Changed(ROOM, playback, playback.trail())));
    }

    private static RoomCopy copy(long version, long playbackVersion, SessionState playback) {
        return new RoomCopy(version, playbackVersion, playback, Map.of(), CREATED);
    }

    private static RoomCopy copy(long version, Map<String, Entry> entries) {
        return new RoomCopy(version, 1, SessionState.initial(10, 0), entries, CREATED);
    }

    private static Entry entry(long version, long place, String node, long visit, String name, Long lostAt) {
        return new Entry(
                version,
                place,
                new PresenceDocument(PresenceDocument.SCHEMA, node, visit, true, name, 5, lostAt, null, null));
    }

    private static Visitor visitor(String socketId, long visit) {
        return new Visitor(new Arrival(socketId, 1, true), Optional.empty(), Optional.empty(), visit);
    }

    /** A socket of this node is in the room. */
    private Visitor enterHere(String socketId, long before, long version, long visit) {
        Visitor visitor = visitor(socketId, visit);
        replica.arrive(visitor);
        replica.apply(
                new EntryWritten(
                        ROOM, before, version, socketId, entry(version, version, "here", visit, socketId, null)),
                true);
        return visitor;
    }

    private List<Long> numbers() {
        return told(Changed.class).stream()
                .flatMap(changed -> changed.changes().stream())
                .map(PlaybackChange::seq)
                .toList();
    }

    private <T extends SessionEvent> List<T> told(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private List<String> names() {
        return replica.state().roster().participants().stream()
                .map(Participant::socketId)
                .toList();
    }

    /** The room is read while no message comes. */
    private void read(RoomCopy copy) {
        replica.replace(copy, replica.version(), NOW);
    }

    @Test
    void copyThatMessagesHaveOvertakenTakesNothingBack() {
        read(copy(1, 1, playback(11, 11)));
        long asked = replica.version();
        replica.apply(seek(1, 2, 12), false);
        replica.replace(copy(1, 1, playback(11, 11)), asked, NOW);

        assertThat(replica.version()).isEqualTo(2);
        assertThat(replica.state().playback().seq()).isEqualTo(12);
        assertThat(replica.isPlaybackUnwritten()).isFalse();
    }

    @Test
    void changesBeforeTheRoomIsReadWaitForIt() {
        assertThat(replica.apply(seek(2, 3, 12), false)).isTrue();
        assertThat(replica.apply(seek(1, 2, 11), false)).isTrue();
        assertThat(events).isEmpty();
        read(copy(2, 2, playback(11, 11)));

        assertThat(numbers()).containsExactly(12L);
        assertThat(replica.version()).isEqualTo(3);
    }

    @Test
    void changeAfterAGapWaitsForTheMissingOne() {
        read(copy(1, 1, SessionState.initial(10, 0)));
        assertThat(replica.apply(seek(2, 3, 12), false)).isFalse();
        assertThat(replica.isBehind()).isTrue();
        assertThat(events).isEmpty();

        assertThat(replica.apply(seek(1, 2, 11), false)).isTrue();
        assertThat(replica.isBehind()).isFalse();
        assertThat(numbers()).containsExactly(11L, 12L);
    }

    @Test
    void changeThatComesTwiceIsToldOnce() {
        read(copy(1, 1, SessionState.initial(10, 0)));
        replica.apply(seek(1, 2, 11), false);
        assertThat(replica.apply(seek(1, 2, 11), false)).isTrue();
        replica.apply(seek(3, 4, 13), false);
        replica.apply(seek(3, 4, 13), false);
        replica.apply(seek(2, 3, 12), false);

        assertThat(numbers()).containsExactly(11L, 12L, 13L);
    }

    @Test
    void replyThatItsMessageHasOvertakenTellsOnlyTheCorrection() {
        read(copy(1, 1, SessionState.initial(10, 0)));
        SessionState playback = playback(11, 11);
        Changed changed = new Changed(ROOM, playback, playback.trail());
        Corrected corrected = new Corrected(ROOM, "a", playback, true, 0);
        replica.apply(seek(1, 2, 11), false);
        replica.apply(new PlaybackReplaced(ROOM, 1, 2, playback, List.of(changed, corrected)), true);

        assertThat(events).containsExactly(changed, corrected);
    }

    @Test
    void missedChangesAreToldFromTheWholeRoom() {
        read(copy(1, 1, playback(11, 11)));
        read(copy(9, 8, playback(15, 15)));

        assertThat(numbers()).containsExactly(15L);
        assertThat(replica.hasUnwritten()).isFalse();
        assertThat(replica.apply(seek(4, 5, 13), false)).isTrue();
        assertThat(numbers()).containsExactly(15L);
    }

    @Test
    void lostHistoryIsKeptHereAndWrittenAgain() {
        read(copy(5, 5, playback(15, 15)));
        read(copy(3, 3, playback(13, 13)));

        assertThat(replica.isPlaybackUnwritten()).isTrue();
        assertThat(replica.base().playbackVersion()).isEqualTo(3);
        assertThat(replica.state().playback()).isEqualTo(playback(15, 15));
        assertThat(events).isEmpty();
    }

    @Test
    void otherHistoryUnderUsedNumbersIsRenumbered() {
        readOtherHistory();
        assertThat(events).as("before Redis has accepted the number").isEmpty();
        assertThat(replica.isPlaybackUnwritten()).isTrue();

        acceptUnwritten(6, 7);
        assertToldAndWritten(99);
    }

    @Test
    void numberThatAnotherNodeWasFasterToGiveIsNotGivenTwice() {
        readOtherHistory();
        replica.apply(seek(6, 7, 16), false);

        assertToldAndWritten(16);
    }

    @Test
    void newcomerHearsWhatTheOthersKnowUntilRedisHasAcceptedTheNumber() {
        readOtherHistory();
        enterHere("a", 6, 7, 7);
        assertThat(told(Entered.class))
                .singleElement()
                .satisfies(entered -> assertThat(entered.snapshot().state()).isEqualTo(playback(15, 15)));

        acceptUnwritten(7, 8);
        assertThat(numbers()).containsExactly(16L);
    }

    /** The sockets have been told one change, under number 16, and Redis has it too. */
    private void assertToldAndWritten(double anchor) {
        assertThat(numbers()).containsExactly(16L);
        assertThat(replica.state().playback().anchor()).isEqualTo(anchor);
        assertThat(replica.isPlaybackUnwritten()).isFalse();
    }

    /** A failover has lost the change with number 15, and another with number 14 has come since. */
    private void readOtherHistory() {
        read(copy(5, 5, playback(15, 15)));
        read(copy(6, 6, playback(14, 99)));
    }

    /** Redis accepts the playback as this node knows it. */
    private void acceptUnwritten(long before, long version) {
        SessionState playback = replica.base().state().playback();
        replica.apply(replaced(before, version, playback), true);
    }

    @Test
    void otherChangeUnderTheSameNumberIsRenumbered() {
        read(copy(5, 5, playback(15, 15)));
        replica.correct("nobody");
        replica.apply(
                new PlaybackReplaced(
                        ROOM,
                        5,
                        6,
                        playback(15, 99),
                        List.of(new Changed(
                                ROOM, playback(15, 99), playback(15, 99).trail()))),
                false);
        assertThat(replica.isPlaybackUnwritten()).isTrue();
        acceptUnwritten(6, 7);

        assertThat(numbers()).containsExactly(16L);
    }

    @Test
    void emptyRedisDoesNotTakeThePlayback() {
        read(copy(5, 5, playback(15, 15)));
        read(copy(7, 7, SessionState.initial(20, 0)));

        assertThat(replica.state().playback().anchor()).isEqualTo(15);
        assertThat(replica.state().playback().seq()).isEqualTo(21);
        assertThat(numbers()).as("the sockets know it already").isEmpty();
        assertThat(replica.isPlaybackUnwritten()).isTrue();
    }

    @Test
    void changesThatAreKnownUnderOtherNumbersAreNotToldAgain() {
        PlaybackChange video = new PlaybackChange(LastAction.CHANGE_VIDEO, 11, 11, "a", new Username("Ann"));
        read(copy(1, 1, played(11, 11, video)));
        replica.apply(replaced(1, 2, played(31, 11, renumbered(video, 31))), false);
        assertThat(numbers()).isEmpty();
        assertThat(told(Changed.class))
                .as("heartbeats have the number")
                .singleElement()
                .satisfies(changed -> assertThat(changed.state().seq()).isEqualTo(31));

        replica.apply(replaced(2, 3, played(42, 60, renumbered(video, 41), change(42))), false);
        assertThat(numbers()).containsExactly(42L);
    }

    @Test
    void missedChangeIsToldWithoutThoseBeforeIt() {
        PlaybackChange video = new PlaybackChange(LastAction.CHANGE_VIDEO, 11, 11, "a", new Username("Ann"));
        read(copy(1, 1, played(11, 11, video)));
        enterHere("a", 1, 2, 7);
        replica.correct("a");
        replica.correct("a");
        read(copy(3, 3, played(12, 60, video, change(12))));
        acceptUnwritten(3, 4);

        assertThat(numbers()).containsExactly(15L);
    }

    @Test
    void changeWhoseNumberACorrectionHasUsedUpIsToldUnderAnother() {
        PlaybackChange video = new PlaybackChange(LastAction.CHANGE_VIDEO, 12, 12, "a", new Username("Ann"));
        read(copy(1, 1, playback(11, 11)));
        enterHere("a", 1, 2, 7);
        replica.correct("a");
        read(copy(5, 5, played(13, 60, video, change(13))));
        acceptUnwritten(5, 6);

        assertThat(told(Changed.class).stream().flatMap(changed -> changed.changes().stream()))
                .extracting(PlaybackChange::action, PlaybackChange::seq)
                .containsExactly(tuple(LastAction.CHANGE_VIDEO, 14L), tuple(LastAction.SEEK, 15L));
    }

    @Test
    void changeWhoseNumberACorrectionHasUsedUpIsToldAlsoIfMessagesBringIt() {
        PlaybackChange video = new PlaybackChange(LastAction.CHANGE_VIDEO, 12, 12, "a", new Username("Ann"));
        read(copy(1, 1, playback(11, 11)));
        enterHere("a", 1, 2, 7);
        replica.correct("a");
        replica.apply(replaced(2, 3, played(12, 60, video)), false);
        replica.apply(replaced(3, 4, played(13, 60, video, change(13))), false);
        acceptUnwritten(4, 5);

        assertThat(told(Changed.class).stream().flatMap(changed -> changed.changes().stream()))
                .extracting(PlaybackChange::action)
                .containsExactly(LastAction.CHANGE_VIDEO, LastAction.SEEK);
    }

    @Test
    void correctionTellsNothingThatRedisHasNotAccepted() {
        read(copy(1, 1, playback(11, 11)));
        enterHere("a", 1, 2, 7);
        replica.correct("a");
        replica.apply(replaced(2, 3, playback(12, 60)), false);
        replica.correct("a");

        assertThat(numbers()).isEmpty();
        assertThat(told(Corrected.class))
                .extracting(corrected -> corrected.state().seq())
                .containsExactly(12L, 13L);
        assertThat(told(Corrected.class))
                .allSatisfy(corrected -> assertThat(corrected.state().anchor()).isEqualTo(11));
        acceptUnwritten(3, 4);
        assertThat(numbers()).singleElement().satisfies(number -> assertThat(number)
                .isGreaterThan(13));
    }

    @Test
    void untouchedPlaybackOfAnotherTimeIsWrittenOnce() {
        read(copy(1, 1, SessionState.initial(0, 1)));
        read(copy(2, 2, SessionState.initial(0, 2)));
        assertThat(replica.isPlaybackUnwritten()).isTrue();
        acceptUnwritten(2, 3);

        assertThat(replica.isPlaybackUnwritten()).isFalse();
    }

    @Test
    void nameThatAFailoverHasLostIsWrittenAgain() {
        read(copy(1, Map.of()));
        enterHere("a", 1, 9, 7);
        read(copy(5, Map.of("a", entry(5, 0, "here", 7, null, null))));

        assertThat(names()).containsExactly("a");
        assertThat(replica.unwritten()).containsExactly("a");
    }

    @Test
    void lostWritesAreNoticedAlsoIfOthersHaveWrittenSince() {
        read(copy(9, 9, playback(15, 15)));
        assertThat(replica.apply(seek(4, 12, 14), false)).isFalse();
        assertThat(replica.replace(copy(12, 12, playback(14, 14)), 9, NOW)).isFalse();

        assertThat(replica.state().playback().anchor()).isEqualTo(15);
        assertThat(replica.isPlaybackUnwritten()).isTrue();
    }

    @Test
    void correctionsDoNotMakeAnOlderPlaybackTheNewerOne() {
        read(copy(9, 9, playback(15, 15)));
        enterHere("a", 9, 10, 7);
        replica.correct("a");
        replica.correct("a");
        replica.correct("a");
        replica.replace(new RoomCopy(20, 20, playback(16, 16), Map.of(), 20), 10, NOW);
        acceptUnwritten(20, 21);

        assertThat(replica.state().playback().anchor()).isEqualTo(16);
        assertThat(numbers()).containsExactly(19L);
    }

    @Test
    void socketThatHasLeftDuringAnOutageDoesNotComeBackWithTheWholeRoom() {
        Entry entry = entry(2, 2, "here", 7, "a", null);
        read(copy(1, Map.of()));
        Visitor visitor = enterHere("a", 1, 2, 7);
        replica.lose(visitor);
        replica.applyUnwritten("a", Optional.empty());
        assertThat(replica.seed(NOW)).isEmpty();
        read(new RoomCopy(9, 1, SessionState.initial(10, 0), Map.of("a", entry), 9));

        assertThat(names()).isEmpty();
        assertThat(replica.unwritten()).containsExactly("a");
        assertThat(told(Joined.class)).hasSize(1);
    }

    @Test
    void roomThatRedisHasLostBeginsWithTheSocketsOfOthersAsLost() {
        read(copy(1, Map.of("b", entry(1, 1, "there", 6, "b", null))));
        enterHere("a", 1, 2, 7);

        assertThat(replica.seed(NOW).get("b").document().lostAt()).isEqualTo(NOW);
        assertThat(replica.seed(NOW).get("a").document().lostAt()).isNull();
    }

    @Test
    void seekOfTheSameSocketInTheSameMillisecondIsAnother() {
        read(copy(1, 1, playback(11, 11)));
        SessionState other = new SessionState(
                Optional.empty(),
                false,
                50,
                11,
                12,
                LastAction.SEEK,
                List.of(renumbered(change(11), 12)),
                RoomSettings.UNOWNED);
        replica.apply(replaced(1, 2, other), false);

        assertThat(numbers()).containsExactly(12L);
    }

    private static SessionState played(long seq, double anchor, PlaybackChange... trail) {
        PlaybackChange last = trail[trail.length - 1];
        return new SessionState(
                Optional.empty(), false, anchor, last.at(), seq, last.action(), List.of(trail), RoomSettings.UNOWNED);
    }

    private static PlaybackChange renumbered(PlaybackChange change, long seq) {
        return new PlaybackChange(change.action(), seq, change.at(), change.socketId(), change.username());
    }

    private static RoomChange replaced(long before, long version, SessionState playback) {
        return new PlaybackReplaced(
                ROOM, before, version, playback, List.of(new Changed(ROOM, playback, playback.trail())));
    }

    @Test
    void correctionDuringAnOutageHasANumberThatRedisLearns() {
        read(copy(1, 1, playback(11, 11)));
        enterHere("a", 1, 2, 7);
        replica.correct("a");
        replica.correct("stranger");

        assertThat(told(Corrected.class))
                .singleElement()
                .satisfies(corrected -> assertThat(corrected.state().seq()).isEqualTo(12));
        assertThat(replica.isPlaybackUnwritten()).isTrue();
        read(copy(3, 1, playback(11, 11)));
        assertThat(replica.state().playback().seq()).isEqualTo(12);
        assertThat(replica.isPlaybackUnwritten()).isTrue();
    }

    @Test
    void socketThatEnteredDuringAnOutageStaysUntilRedisKnowsIt() {
        read(copy(1, Map.of()));
        Visitor visitor = visitor("a", 7);
        replica.arrive(visitor);
        replica.applyUnwritten(
                "a",
                Optional.of(new Presence(
                        visitor, Optional.of(new Participant("a", new Username("Ann"), 5)), OptionalLong.empty())));
        read(copy(2, Map.of("b", entry(2, 2, "there", 8, "b", null))));
        assertThat(names()).containsExactly("a", "b");
        assertThat(replica.unwritten()).containsExactly("a");

        replica.written("a");
        replica.apply(new EntryWritten(ROOM, 2, 3, "a", entry(3, 3, "here", 7, "Ann", null)), true);
        assertThat(replica.hasUnwritten()).isFalse();
        assertThat(names()).as("in the order of Redis").containsExactly("b", "a");
        assertThat(told(Joined.class)).hasSize(2);
        assertThat(told(Left.class)).isEmpty();
    }

    @Test
    void connectedSocketThatOthersRemoveIsRegisteredAnew() {
        read(copy(1, Map.of()));
        enterHere("a", 1, 2, 7);
        replica.apply(new EntryWritten(ROOM, 2, 3, "a", entry(3, 2, "here", 7, "a", 100L)), false);
        assertThat(replica.unwritten()).containsExactly("a");
        replica.apply(new EntryRemoved(ROOM, 3, 4, "a"), false);

        assertThat(replica.unwritten()).containsExactly("a");
        assertThat(names()).containsExactly("a");
        assertThat(told(Left.class)).isEmpty();
    }

    @Test
    void lostSocketThatOthersRemoveLeaves() {
        read(copy(1, Map.of()));
        Visitor visitor = enterHere("a", 1, 2, 7);
        replica.lose(visitor);
        replica.apply(new EntryRemoved(ROOM, 2, 3, "a"), false);

        assertThat(names()).isEmpty();
        assertThat(told(Left.class)).hasSize(1);
        assertThat(replica.isNeeded()).isFalse();
    }

    @Test
    void visitThatAFailoverHasLostIsRegisteredAnew() {
        read(copy(1, Map.of("a", entry(1, 1, "there", 6, "a", 100L))));
        enterHere("a", 1, 2, 7);
        read(copy(1, Map.of("a", entry(1, 1, "there", 6, "a", 100L))));

        assertThat(replica.unwritten()).containsExactly("a");
        assertThat(replica.entry("a").orElseThrow().version()).isEqualTo(1);
        assertThat(replica.state().roster().find("a").orElseThrow().visitor().visit())
                .isEqualTo(7);
        assertThat(told(Left.class)).isEmpty();
    }

    @Test
    void lateNewsOfAnEarlierVisitDoesNotReplaceTheSocketThatIsHere() {
        read(copy(1, Map.of("a", entry(1, 1, "there", 6, "a", null))));
        Visitor visitor = visitor("a", 7);
        replica.arrive(visitor);
        replica.applyUnwritten(
                "a",
                Optional.of(new Presence(
                        visitor, Optional.of(new Participant("a", new Username("Ann"), 5)), OptionalLong.empty())));
        replica.apply(new EntryWritten(ROOM, 1, 2, "a", entry(2, 1, "there", 6, "a", 100L)), false);
        replica.apply(new EntryRemoved(ROOM, 2, 3, "a"), false);

        assertThat(replica.unwritten()).containsExactly("a");
        assertThat(replica.state().roster().find("a").orElseThrow().visitor().visit())
                .isEqualTo(7);
        assertThat(told(Left.class)).isEmpty();
    }

    @Test
    void socketsOfOtherNodesThatRedisHasLostAreWrittenAgain() {
        Entry lost = entry(1, 1, "there", 6, "a", 100L);
        Entry connected = entry(2, 2, "elsewhere", 8, "c", null);
        read(copy(2, Map.of("a", lost, "b", entry(2, 2, "there", 7, "b", null), "c", connected)));
        events.clear();
        assertThat(replica.replace(
                        new RoomCopy(
                                9, 9, SessionState.initial(20, 0), Map.of("b", entry(9, 9, "there", 7, "b", null)), 9),
                        2,
                        NOW))
                .isFalse();

        assertThat(replica.unwritten()).containsExactlyInAnyOrder("a", "c");
        assertThat(replica.lostEntry("a")).contains(lost.document());
        assertThat(replica.lostEntry("c").orElseThrow().lostAt())
                .as("until its node says otherwise")
                .isEqualTo(NOW);
        assertThat(replica.expects("a")).isTrue();
        assertThat(told(Left.class)).isEmpty();

        replica.apply(new EntryWritten(ROOM, 9, 10, "a", entry(10, 10, "there", 6, "a", 100L)), false);
        assertThat(replica.unwritten()).containsExactly("c");
        assertThat(replica.lostEntry("a")).isEmpty();
    }

    @Test
    void socketThatIsMissingInTheSameRoomHasLeft() {
        read(copy(2, Map.of("a", entry(1, 1, "there", 6, "a", null))));
        read(copy(3, Map.of()));

        assertThat(replica.hasUnwritten()).isFalse();
        assertThat(told(Left.class)).hasSize(1);
    }

    @Test
    void socketThatHasMovedToAnotherNodeIsLetGo() {
        read(copy(1, Map.of()));
        enterHere("a", 1, 2, 7);
        events.clear();
        replica.apply(new EntryWritten(ROOM, 2, 3, "a", entry(3, 2, "there", 9, "a", null)), false);

        assertThat(events).singleElement().isInstanceOfSatisfying(Entered.class, entered -> assertThat(
                        entered.visitor().visit())
                .isEqualTo(9));
        assertThat(replica.isNeeded()).isFalse();
        assertThat(replica.hasUnwritten()).isFalse();
    }
}
