package dev.watchparty.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Revived;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemorySessionStoreTest {
    private static final RoomId ROOM = new RoomId("film-night");
    private static final PlaybackCommand VIDEO = new PlaybackCommand.ChangeVideo(new VideoId("dQw4w9WgXcQ"));

    private final TestingClock clock = new TestingClock(1_000_000);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<SessionEvent> events = new ArrayList<>();
    private final InMemorySessionStore store = store(true);

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void firstNumberComesFromTheClockAndRises() {
        store.enter(ROOM, visitor("a"));
        store.apply(ROOM, "a", VIDEO);

        assertThat(event(0, Entered.class).snapshot().state().seq()).isEqualTo(1_000_000);
        assertThat(event(1, Changed.class).state().seq()).isEqualTo(1_000_001);
    }

    @Test
    void firstNumberIsZeroWithThatFixOff() {
        InMemorySessionStore original = store(false);
        original.enter(ROOM, visitor("a"));

        assertThat(event(0, Entered.class).snapshot().state().seq()).isZero();
    }

    @Test
    void joiningTwiceRenamesAndKeepsThePlaceAndTheTimeOfTheFirst() {
        store.enter(ROOM, visitor("a"));
        store.enter(ROOM, visitor("b"));
        store.join(ROOM, "a", new Username("Alice"));
        store.join(ROOM, "b", new Username("Bob"));
        clock.advance(500);
        store.join(ROOM, "a", new Username("Alicia"));

        assertThat(event(4, Joined.class).snapshot().participants())
                .containsExactly(
                        new Participant("a", new Username("Alicia"), 1_000_000),
                        new Participant("b", new Username("Bob"), 1_000_000));
    }

    @Test
    void leavingTellsWhoItWasAndWhetherTheyHadJoined() {
        store.enter(ROOM, visitor("a"));
        store.enter(ROOM, visitor("b"));
        store.join(ROOM, "a", new Username("Alice"));
        store.leave(ROOM, visitor("a"));
        store.leave(ROOM, visitor("b"));
        store.leave(ROOM, visitor("b"));

        assertThat(event(3, Left.class).participant())
                .map(Participant::username)
                .contains(new Username("Alice"));
        assertThat(event(4, Left.class).participant()).isEmpty();
        assertThat(events).hasSize(5);
    }

    @Test
    void commandsOfWhoIsNotInTheRoomChangeNothing() {
        store.apply(ROOM, "stranger", VIDEO);
        store.join(ROOM, "stranger", new Username("Mallory"));
        store.leave(ROOM, visitor("stranger"));

        assertThat(events).isEmpty();
    }

    @Test
    void roomsAreApart() {
        store.enter(ROOM, visitor("a"));
        store.enter(RoomId.DEFAULT, visitor("b"));
        store.apply(ROOM, "a", VIDEO);
        store.enter(RoomId.DEFAULT, visitor("c"));

        assertThat(event(3, Entered.class).snapshot().state().videoId()).isEmpty();
    }

    @Test
    void namedRoomIsDroppedWhenItHasBeenEmptyForLongEnoughAndItsNumbersRiseAllTheSame() {
        store.enter(ROOM, visitor("a"));
        store.apply(ROOM, "a", VIDEO);
        store.leave(ROOM, visitor("a"));
        clock.advance(599_999);
        store.dropIdleRooms();
        assertThat(store.roomCount()).isEqualTo(2);

        clock.advance(1);
        store.dropIdleRooms();
        assertThat(store.roomCount()).isOne();

        store.enter(ROOM, visitor("a"));
        SessionState anew = event(3, Entered.class).snapshot().state();
        assertThat(anew.videoId()).isEmpty();
        assertThat(anew.seq()).isGreaterThan(event(1, Changed.class).state().seq());
    }

    @Test
    void roomInUseAndDefaultRoomAreNotDropped() {
        store.enter(ROOM, visitor("a"));
        store.enter(RoomId.DEFAULT, visitor("b"));
        store.leave(RoomId.DEFAULT, visitor("b"));
        clock.advance(Duration.ofDays(1).toMillis());
        store.dropIdleRooms();

        assertThat(store.roomCount()).isEqualTo(2);
    }

    @Test
    void whoReturnsWithinTheGraceIsStillThereAndTheOldVisitEndsNothing() {
        store.enter(ROOM, visitor("a"));
        store.join(ROOM, "a", new Username("Alice"));
        store.enter(ROOM, returning("a", 2));
        store.leave(ROOM, visitor("a"));
        store.join(ROOM, "a", new Username("Alice"));

        assertThat(events).hasSize(4);
        assertThat(event(2, Entered.class).snapshot().participants()).hasSize(1);
        assertThat(event(3, Entered.class).snapshot().participants()).hasSize(1);
        store.leave(ROOM, returning("a", 2));
        assertThat(event(4, Left.class).socketId()).isEqualTo("a");
    }

    @Test
    void laterVisitStandsThoughTheEarlierComesAfterIt() {
        store.enter(ROOM, returning("a", 2));
        store.enter(ROOM, returning("a", 1));
        store.leave(ROOM, returning("a", 2));
        store.enter(ROOM, visitor("b"));

        assertThat(event(events.size() - 1, Entered.class).snapshot().participants())
                .isEmpty();
    }

    @Test
    void roomWhereNothingHappenedIsDroppedWithItsLastVisitor() {
        store.enter(ROOM, visitor("a"));
        store.leave(ROOM, visitor("a"));

        assertThat(store.roomCount()).isOne();
    }

    @Test
    void roomThatNobodyIsInGivesWayToOneThatSomebodyWants() {
        store.enter(ROOM, visitor("a"));
        store.apply(ROOM, "a", VIDEO);
        store.leave(ROOM, visitor("a"));
        store.enter(new RoomId("another"), visitor("b"));

        assertThat(store.roomCount()).isEqualTo(2);
        assertRefused(store.enter(ROOM, visitor("c")).toCompletableFuture()::join, RequestErrorCode.UNAVAILABLE);
        assertThat(store.enter(RoomId.DEFAULT, visitor("d")).toCompletableFuture())
                .isCompleted();
    }

    @Test
    void whoReturnsAfterTheGraceIsAnnouncedUnderItsName() {
        store.enter(ROOM, visitor("a"));
        store.join(ROOM, "a", new Username("Alice"));
        store.leave(ROOM, visitor("a"));
        store.enter(ROOM, returning("a", 2));

        assertThat(event(3, Entered.class).snapshot().participants()).hasSize(1);
        assertThat(event(4, Joined.class).participant().username()).isEqualTo(new Username("Alice"));
    }

    @Test
    void savedSessionGoesOnWhenOneOfItsPeopleComesBackAndTheOthersAreAwaited() {
        InMemorySessionStore restarted = restartedWith(savedSession());
        restarted.enter(ROOM, returning("a", 1));

        assertThat(event(0, Revived.class).awaited()).map(Visitor::socketId).containsExactly("b");
        SessionState state = event(1, Changed.class).state();
        assertThat(state.seq()).isEqualTo(1_000_000);
        assertThat(state.positionAt(1_000_000)).isEqualTo(110);
        assertThat(state.trail()).map(PlaybackChange::seq).containsExactly(500_001L, 500_002L);
        assertThat(event(2, Entered.class).snapshot().participants())
                .map(Participant::socketId)
                .containsExactly("a", "b");
    }

    @Test
    void savedSessionStaysAsleepForWhoIsNewAndForAnotherRoom() {
        InMemorySessionStore restarted = restartedWith(savedSession());
        restarted.enter(ROOM, visitor("x"));
        restarted.enter(RoomId.DEFAULT, returning("a", 1));

        assertThat(events).hasOnlyElementsOfTypes(Entered.class, Joined.class);
        assertThat(event(0, Entered.class).snapshot().state().videoId()).isEmpty();
    }

    @Test
    void whoCameBeforeTheSessionWentOnIsToldOfItUnderHigherNumbers() {
        InMemorySessionStore restarted = restartedWith(savedSession());
        restarted.enter(ROOM, visitor("x"));
        restarted.enter(ROOM, returning("a", 1));

        Changed told = event(2, Changed.class);
        assertThat(told.changes()).map(PlaybackChange::seq).containsExactly(1_000_001L, 1_000_002L);
        assertThat(told.state().seq()).isEqualTo(1_000_002);
    }

    @Test
    void savedSessionIsForgottenWhenAnotherHasBegunOrTimeHasPassed() {
        InMemorySessionStore restarted = restartedWith(savedSession());
        restarted.enter(ROOM, visitor("x"));
        restarted.apply(ROOM, "x", VIDEO);
        restarted.enter(ROOM, returning("a", 1));
        assertThat(events).noneMatch(Revived.class::isInstance);

        events.clear();
        InMemorySessionStore later = restartedWith(savedSession());
        clock.advance(60_000);
        later.enter(ROOM, returning("a", 1));
        assertThat(events).noneMatch(Revived.class::isInstance);
    }

    @Test
    void savedSessionThatStillSleepsIsSavedAgainAsOldAsItIs() {
        SavedSessions saved = savedSession();
        InMemorySessionStore restarted = restartedWith(saved);
        clock.advance(10_000);
        restarted.enter(RoomId.DEFAULT, visitor("x"));
        restarted.join(RoomId.DEFAULT, "x", new Username("X"));

        assertThat(restarted.toSave().get(ROOM)).isEqualTo(saved.rooms().get(ROOM));
        assertThat(restarted.toSave().get(RoomId.DEFAULT).savedAt()).isEqualTo(1_010_000);
    }

    @Test
    void roomsAndUsersAreBounded() {
        store.enter(ROOM, visitor("a"));
        store.enter(ROOM, visitor("b"));
        store.enter(ROOM, visitor("c"));
        store.join(ROOM, "a", new Username("A"));
        store.join(ROOM, "b", new Username("B"));
        assertRefused(store.join(ROOM, "c", new Username("C")).toCompletableFuture()::join, RequestErrorCode.ROOM_FULL);

        store.enter(RoomId.DEFAULT, visitor("d"));
        assertRefused(
                store.enter(new RoomId("third"), visitor("e")).toCompletableFuture()::join,
                RequestErrorCode.UNAVAILABLE);
    }

    @Test
    void commandsFromManyThreadsTakeEachNumberOnceAndAreHeardInOrder() throws InterruptedException {
        int threads = 8;
        int commands = 500;
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        CountDownLatch done = new CountDownLatch(threads);
        store.enter(ROOM, visitor("a"));
        for (int thread = 0; thread < threads; thread++) {
            senders.execute(() -> {
                for (int i = 0; i < commands; i++) {
                    store.apply(ROOM, "a", new PlaybackCommand.Seek(Optional.of((double) i)));
                }
                done.countDown();
            });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        senders.shutdown();

        List<Long> numbers = events.stream()
                .skip(1)
                .map(event -> ((Changed) event).state().seq())
                .toList();
        assertThat(numbers).hasSize(threads * commands).isSorted().doesNotHaveDuplicates();
    }

    private static void assertRefused(Runnable call, RequestErrorCode code) {
        assertThatThrownBy(call::run)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(SessionException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(code));
    }

    private InMemorySessionStore store(boolean firstSeqFromClock) {
        InMemorySessionStore store = new InMemorySessionStore(
                new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, firstSeqFromClock),
                new InMemorySessionStore.Limits(2, 2, Duration.ofMinutes(10)),
                clock,
                SavedSessions.none(),
                timer);
        store.subscribe(new TestingListener(events::add));
        return store;
    }

    private InMemorySessionStore restartedWith(SavedSessions saved) {
        InMemorySessionStore restarted = new InMemorySessionStore(
                new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, true),
                new InMemorySessionStore.Limits(2, 2, Duration.ofMinutes(10)),
                clock,
                saved,
                timer);
        restarted.subscribe(new TestingListener(events::add));
        return restarted;
    }

    /** A video that plays from 100 s since 10 s before now, watched by a and b. */
    private static SavedSessions savedSession() {
        List<PlaybackChange> trail = List.of(
                new PlaybackChange(LastAction.CHANGE_VIDEO, 500_001, 990_000, "a", new Username("Alice")),
                new PlaybackChange(LastAction.PLAY, 500_002, 990_000, "a", new Username("Alice")));
        SessionState state = new SessionState(
                Optional.of(new VideoId("dQw4w9WgXcQ")), true, 100, 990_000, 500_002, LastAction.PLAY, trail);
        List<Participant> people =
                List.of(new Participant("a", new Username("Alice"), 1), new Participant("b", new Username("Bob"), 2));
        return new SavedSessions(
                Map.of(ROOM, new SavedSessions.Saved(new Snapshot(state, people), 1_000_000)), Duration.ofMinutes(1));
    }

    private static Visitor returning(String socketId, long visit) {
        return new Visitor(socketId, true, Optional.of(new Username("Alice")), Optional.empty(), visit);
    }

    private <T extends SessionEvent> T event(int index, Class<T> type) {
        assertThat(events).hasSizeGreaterThan(index);
        assertThat(events.get(index)).isInstanceOf(type);
        return type.cast(events.get(index));
    }

    private static Visitor visitor(String socketId) {
        return new Visitor(socketId, true, Optional.empty(), Optional.empty(), 1);
    }
}
