package dev.watchparty.server.session.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.Absence;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionEvent.Revived;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.SessionStoreContract;
import dev.watchparty.server.session.Snapshot;
import dev.watchparty.server.session.TestingListener;
import dev.watchparty.server.session.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends SessionStoreContract {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private MemoryStore store;

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Override
    protected Store newStore(Fixes fixes) {
        store = new MemoryStore(fixes, LIMITS, WINDOW, clock, SavedSessions.none(), timer);
        return new Store(store, store);
    }

    @Test
    void namedRoomIsDroppedWhenItHasBeenEmptyLongEnough() {
        Visitor visitor = enter(ROOM, "a");
        apply(ROOM, "a", VIDEO);
        leave(visitor);
        clock.advance(599_999);
        store.dropIdleRooms();
        assertThat(store.roomCount()).isEqualTo(2);

        clock.advance(1);
        store.dropIdleRooms();
        assertThat(store.roomCount()).isOne();

        enter(ROOM, "a");
        SessionState anew = event(3, Entered.class).snapshot().state();
        assertThat(anew.videoId()).isEmpty();
        assertThat(anew.seq()).isGreaterThan(event(1, Changed.class).state().seq());
    }

    @Test
    void roomInUseAndDefaultRoomAreNotDropped() {
        enter(ROOM, "a");
        done(store.leave(RoomId.DEFAULT, enter(RoomId.DEFAULT, "b")));
        clock.advance(Duration.ofDays(1).toMillis());
        store.dropIdleRooms();

        assertThat(store.roomCount()).isEqualTo(2);
    }

    @Test
    void roomWhereNothingHappenedIsDroppedWithItsLastVisitor() {
        leave(enter(ROOM, "a"));

        assertThat(store.roomCount()).isOne();
    }

    @Test
    void emptyRoomIsDroppedInFavourOfARequestedOne() {
        Visitor visitor = enter(ROOM, "a");
        apply(ROOM, "a", VIDEO);
        leave(visitor);
        enter(new RoomId("another"), "b");

        assertThat(store.roomCount()).isEqualTo(2);
        assertRefused(store.enter(ROOM, new Arrival("c", 100, true)), RequestErrorCode.UNAVAILABLE);
        assertThat(enter(RoomId.DEFAULT, "d")).isNotNull();
    }

    @Test
    void commandOfAStrangerOpensNoRoom() {
        apply(new RoomId("another"), "stranger", VIDEO);
        join("stranger", "Mallory");

        assertThat(store.roomCount()).isOne();
    }

    @Test
    void rememberedSocketsAreBounded() {
        MemoryStore few = new MemoryStore(
                fixes(true),
                LIMITS,
                new RecoveryWindow(Duration.ofMinutes(2), 100),
                clock,
                SavedSessions.none(),
                timer);
        for (int i = 0; i < 10_000; i++) {
            Visitor visitor = done(few.enter(ROOM, new Arrival("socket-" + i, i, true)));
            few.lose(ROOM, visitor);
            few.leave(ROOM, visitor);
        }

        assertThat(few.rememberedCount()).isPositive().isLessThanOrEqualTo(100);
    }

    @Test
    void savedSessionContinuesWhenAParticipantReturns() {
        MemoryStore restarted = restartedWith(savedSession());
        clock.advance(1000);
        assertThat(done(restarted.expects(ROOM, "a"))).isTrue();
        Visitor alice = done(restarted.enter(ROOM, new Arrival("a", 1, true)));

        assertThat(alice.returningAs()).contains(new Username("Alice"));
        assertThat(alice.absence()).contains(new Absence(1_000_000, 1_001_000));
        assertThat(event(0, Revived.class).awaited()).map(Visitor::socketId).containsExactly("b");
        SessionState state = event(1, Changed.class).state();
        assertThat(state.seq()).isEqualTo(1_001_000);
        assertThat(state.positionAt(1_000_000)).isEqualTo(110);
        assertThat(state.trail()).map(PlaybackChange::seq).containsExactly(500_001L, 500_002L);
        assertThat(event(2, Joined.class).participant().socketId()).isEqualTo("a");
        assertThat(event(3, Reported.class).after().reconnecting()).isTrue();
        assertThat(event(4, Joined.class).participant().socketId()).isEqualTo("b");
        assertThat(event(5, Reported.class).after().socketId()).isEqualTo("b");
        Snapshot snapshot = event(6, Entered.class).snapshot();
        assertThat(snapshot.participants()).map(Participant::socketId).containsExactly("a", "b");
        assertThat(snapshot.reports()).containsOnlyKeys("b");
        assertThat(event(7, Reported.class).after()).isEqualTo(UserReport.unknown("a"));
        assertThat(events).hasSize(8);
    }

    @Test
    void absentParticipantOfASavedSessionLeavesOnce() {
        MemoryStore restarted = restartedWith(savedSession());
        restarted.enter(ROOM, new Arrival("a", 1, true));
        Visitor bob = event(0, Revived.class).awaited().get(0);
        restarted.leave(ROOM, bob);

        assertThat(done(restarted.expects(ROOM, "b"))).isTrue();
        Visitor back = done(restarted.enter(ROOM, new Arrival("b", 2, true)));
        assertThat(back.returningAs()).contains(new Username("Bob"));
        assertThat(event(events.size() - 1, Joined.class).participant().socketId())
                .isEqualTo("b");
    }

    @Test
    void savedSessionWaitsWhileOthersEnterItsRoom() {
        MemoryStore restarted = restartedWith(savedSession());
        restarted.enter(ROOM, new Arrival("x", 1, true));
        restarted.enter(RoomId.DEFAULT, new Arrival("a", 2, true));

        assertThat(events).hasOnlyElementsOfTypes(Entered.class);
        assertThat(event(0, Entered.class).snapshot().state().videoId()).isEmpty();
        assertThat(done(restarted.expects(ROOM, "a"))).isTrue();
        assertThat(done(restarted.expects(RoomId.DEFAULT, "b"))).isFalse();
    }

    @Test
    void presentSocketsReceiveARevivedSessionUnderHigherNumbers() {
        MemoryStore restarted = restartedWith(savedSession());
        restarted.enter(ROOM, new Arrival("x", 1, true));
        restarted.enter(ROOM, new Arrival("a", 2, true));

        Changed told = event(2, Changed.class);
        assertThat(told.changes()).map(PlaybackChange::seq).containsExactly(1_000_001L, 1_000_002L);
        assertThat(told.state().seq()).isEqualTo(1_000_002);
    }

    @Test
    void savedSessionDoesNotReplaceOneThatHasBegun() {
        MemoryStore restarted = restartedWith(savedSession());
        restarted.enter(ROOM, new Arrival("x", 1, true));
        restarted.apply(ROOM, "x", VIDEO);
        Visitor alice = done(restarted.enter(ROOM, new Arrival("a", 2, true)));

        assertThat(events).noneMatch(Revived.class::isInstance);
        assertThat(alice.returningAs()).contains(new Username("Alice"));
    }

    @Test
    void savedSessionEndsWithItsWindow() {
        MemoryStore restarted = restartedWith(savedSession());
        clock.advance(60_000);

        assertThat(done(restarted.expects(ROOM, "a"))).isFalse();
        assertThat(done(restarted.enter(ROOM, new Arrival("a", 1, true))).returningAs())
                .isEmpty();
        assertThat(events).noneMatch(Revived.class::isInstance);
    }

    @Test
    void waitingSavedSessionIsSavedAgainWithItsOldTime() {
        SavedSessions saved = savedSession();
        MemoryStore restarted = restartedWith(saved);
        clock.advance(10_000);
        restarted.enter(RoomId.DEFAULT, new Arrival("x", 1, true));
        restarted.join(RoomId.DEFAULT, "x", new Username("X"));

        assertThat(restarted.toSave().get(ROOM)).isEqualTo(saved.rooms().get(ROOM));
        assertThat(restarted.toSave().get(RoomId.DEFAULT).savedAt()).isEqualTo(1_010_000);
    }

    @Test
    void roomsAreBoundedWhenManyAreAskedForAtOnce() throws Exception {
        int threads = 8;
        ExecutorService visitors = Executors.newFixedThreadPool(threads);
        CyclicBarrier together = new CyclicBarrier(threads);
        for (int round = 0; round < 200; round++) {
            newStore(fixes(true));
            List<Callable<CompletionStage<Visitor>>> arrivals = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String name = "visitor-" + i;
                arrivals.add(() -> {
                    together.await();
                    return store.enter(new RoomId(name), new Arrival(name, 1, true));
                });
            }
            visitors.invokeAll(arrivals);

            assertThat(store.roomCount()).isEqualTo(LIMITS.maxRooms());
        }
        visitors.shutdown();
    }

    @Test
    void roomsAreBounded() {
        enter(ROOM, "a");
        enter(RoomId.DEFAULT, "d");

        assertRefused(store.enter(new RoomId("third"), new Arrival("e", 100, true)), RequestErrorCode.UNAVAILABLE);
    }

    /** A locked room must not be open to the first who comes after a restart. */
    @Test
    void ownedRoomContinuesAfterARestartWhoeverComesFirst() {
        SavedSessions.Saved saved = savedOwnedRoom();
        store = restartedWith(new SavedSessions(Map.of(ROOM, saved), Duration.ofMinutes(1)));

        assertRefused(store.enter(ROOM, arrival("stranger", "s")), RequestErrorCode.ROOM_LOCKED);
        assertRefused(store.enter(ROOM, new Arrival("s", 99, true)), RequestErrorCode.ROOM_LOCKED);
        store.enter(ROOM, arrival("hanna", "h"));
        assertThat(event(0, Entered.class).snapshot().state())
                .isEqualTo(saved.snapshot().state());
        assertThat(store.create(ROOM, saved.snapshot().state().settings())
                        .toCompletableFuture()
                        .join())
                .isFalse();
    }

    @Test
    void peopleOfAnOwnedRoomComeBackUnderTheirNamesAfterARestart() {
        store = restartedWith(new SavedSessions(Map.of(ROOM, savedOwnedRoom()), Duration.ofMinutes(1)));
        store.enter(ROOM, new Arrival("a", 99, true));

        assertThat(event(0, Revived.class).awaited())
                .extracting(Visitor::socketId)
                .containsExactly("b");
        assertThat(store.toSave().get(ROOM).snapshot().participants())
                .extracting(participant -> participant.username().value())
                .containsExactly("Alice", "Bob");
    }

    @Test
    void emptyOwnedRoomIsKeptForItsOwnTime() {
        RoomSettings settings = RoomSettings.createdBy("hanna", RoomTitle.NONE, Optional.empty(), clock.millis());
        store.create(ROOM, settings);
        clock.advance(LIMITS.ownedIdleAfter().toMillis() - 1);
        store.dropIdleRooms();
        assertThat(settings(store)).isEqualTo(settings);

        clock.advance(1);
        store.dropIdleRooms();
        assertThat(settings(store)).isEqualTo(RoomSettings.UNOWNED);
    }

    /** However many rooms somebody asks for, nobody loses the room that is theirs. */
    @Test
    void ownedRoomIsNotDroppedForAnother() {
        RoomSettings settings = RoomSettings.createdBy("hanna", RoomTitle.NONE, Optional.empty(), clock.millis());
        store.create(ROOM, settings);

        assertRefused(store.create(new RoomId("second"), settings), RequestErrorCode.UNAVAILABLE);
        assertRefused(store.enter(new RoomId("third"), new Arrival("e", 100, true)), RequestErrorCode.UNAVAILABLE);
        assertThat(settings(store)).isEqualTo(settings);
    }

    @Test
    void somebodyBecomesHostWhenNoHostHasBeenThereForLong() {
        store.create(ROOM, RoomSettings.createdBy("hanna", RoomTitle.NONE, Optional.empty(), clock.millis()));
        store.enter(ROOM, arrival("gus", "g"));
        store.join(ROOM, "g", new Username("Gus"));
        store.appointHosts();
        clock.advance(LIMITS.hostAbsence().toMillis() - 1);
        store.appointHosts();
        assertThat(settings(store).isHost("gus")).isFalse();

        clock.advance(1);
        store.appointHosts();
        assertThat(settings(store).isHost("gus")).isTrue();
    }

    private static RoomSettings settings(MemoryStore store) {
        return store.settings(ROOM).toCompletableFuture().join();
    }

    private static SavedSessions.Saved savedOwnedRoom() {
        SavedSessions.Saved saved = savedSession().rooms().get(ROOM);
        RoomSettings created = RoomSettings.createdBy("hanna", RoomTitle.NONE, Optional.empty(), 980_000);
        RoomSettings locked = new RoomSettings(
                created.title(),
                created.steering(),
                true,
                created.password(),
                created.hosts(),
                created.bans(),
                created.closed(),
                created.createdAt(),
                created.changedAt(),
                created.changedBy());
        return new SavedSessions.Saved(
                new Snapshot(
                        saved.snapshot().state().with(locked), saved.snapshot().participants()),
                saved.savedAt());
    }

    private MemoryStore restartedWith(SavedSessions saved) {
        MemoryStore restarted = new MemoryStore(fixes(true), LIMITS, WINDOW, clock, saved, timer);
        restarted.subscribe(new TestingListener(events::add));
        return restarted;
    }

    /** A video that plays from 100 s since 10 s before now, watched by a and b. */
    private static SavedSessions savedSession() {
        List<PlaybackChange> trail = List.of(
                new PlaybackChange(LastAction.CHANGE_VIDEO, 500_001, 990_000, "a", new Username("Alice")),
                new PlaybackChange(LastAction.PLAY, 500_002, 990_000, "a", new Username("Alice")));
        SessionState state = new SessionState(
                Optional.of(new VideoId("dQw4w9WgXcQ")),
                true,
                100,
                990_000,
                500_002,
                LastAction.PLAY,
                trail,
                RoomSettings.UNOWNED);
        List<Participant> people =
                List.of(new Participant("a", new Username("Alice"), 1), new Participant("b", new Username("Bob"), 2));
        return new SavedSessions(
                Map.of(ROOM, new SavedSessions.Saved(new Snapshot(state, people), 1_000_000)), Duration.ofMinutes(1));
    }
}
