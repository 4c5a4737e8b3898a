package dev.watchparty.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.PlayerState;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.Steering;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of every store. */
public abstract class SessionStoreContract {
    protected static final RoomId ROOM = new RoomId("film-night");
    protected static final PlaybackCommand VIDEO = new PlaybackCommand.ChangeVideo(new VideoId("dQw4w9WgXcQ"));
    private static final PlayerReport PLAYING = new PlayerReport(PlayerState.PLAYING, Optional.of(-120), false);
    private static final SettingsCommand LOCK =
            new SettingsCommand.Update(Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty());
    protected static final RoomLimits LIMITS = new RoomLimits(
            2, 2, 2, Duration.ofMinutes(10), Duration.ofHours(24), Duration.ofMinutes(5), Duration.ofMinutes(10));
    protected static final RecoveryWindow WINDOW = new RecoveryWindow(Duration.ofMinutes(2), 100);

    protected final TestingClock clock = new TestingClock(1_000_000);
    protected final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private Store store;
    private long arrivals;

    /** Both ports of one store. */
    public record Store(SessionStore sessions, PresenceStore presence) {}

    /** An empty store. */
    protected abstract Store newStore(Fixes fixes);

    @BeforeEach
    void start() {
        start(fixes(true));
    }

    private void start(Fixes fixes) {
        store = newStore(fixes);
        store.sessions().subscribe(new TestingListener(events::add));
    }

    protected static Fixes fixes(boolean firstSeqFromClock) {
        return new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, firstSeqFromClock);
    }

    @Test
    void firstNumberComesFromTheClockAndRises() {
        enter(ROOM, "a");
        apply(ROOM, "a", VIDEO);

        assertThat(event(0, Entered.class).snapshot().state().seq()).isEqualTo(1_000_000);
        assertThat(event(1, Changed.class).state().seq()).isEqualTo(1_000_001);
    }

    @Test
    void firstNumberIsZeroWhenTheFixIsOff() {
        start(fixes(false));
        enter(ROOM, "a");

        assertThat(event(0, Entered.class).snapshot().state().seq()).isZero();
    }

    @Test
    void renamingKeepsThePlaceAndTheTimeOfTheFirstJoin() {
        enter(ROOM, "a");
        enter(ROOM, "b");
        join("a", "Alice");
        join("b", "Bob");
        clock.advance(500);
        join("a", "Alicia");

        assertThat(event(4, Joined.class).snapshot().participants())
                .containsExactly(
                        new Participant("a", new Username("Alicia"), 1_000_000),
                        new Participant("b", new Username("Bob"), 1_000_000));
    }

    @Test
    void leaveIsReportedOnceAndSaysWhetherTheSocketHadJoined() {
        Visitor alice = enter(ROOM, "a");
        Visitor bob = enter(ROOM, "b");
        join("a", "Alice");
        leave(alice);
        leave(bob);
        leave(bob);

        assertThat(event(3, Left.class).participant())
                .map(Participant::username)
                .contains(new Username("Alice"));
        assertThat(event(4, Left.class).participant()).isEmpty();
        assertThat(events).hasSize(5);
    }

    @Test
    void socketThatIsNotInTheRoomChangesNothing() {
        Visitor elsewhere = enter(RoomId.DEFAULT, "stranger");
        events.clear();
        apply(ROOM, "stranger", VIDEO);
        join("stranger", "Mallory");
        leave(elsewhere);

        assertThat(events).isEmpty();
    }

    @Test
    void roomsAreIndependent() {
        enter(ROOM, "a");
        enter(RoomId.DEFAULT, "b");
        apply(ROOM, "a", VIDEO);
        enter(RoomId.DEFAULT, "c");

        assertThat(event(3, Entered.class).snapshot().state().videoId()).isEmpty();
    }

    @Test
    void createdRoomHasItsSettingsAndItsNameIsTaken() {
        RoomSettings settings = RoomSettings.createdBy("hanna", new RoomTitle("Friday"), Optional.empty(), 1_000_000);

        assertThat(create(settings)).isTrue();
        assertThat(create(RoomSettings.createdBy("mallory", RoomTitle.NONE, Optional.empty(), 1_000_001)))
                .isFalse();
        assertThat(settings(ROOM)).isEqualTo(settings);
        enter(ROOM, "a");
        assertThat(event(0, Entered.class).snapshot().state().settings()).isEqualTo(settings);
        assertThat(settings(RoomId.DEFAULT)).isEqualTo(RoomSettings.UNOWNED);
        assertThat(settings(new RoomId("nobody-there"))).isEqualTo(RoomSettings.UNOWNED);
    }

    @Test
    void createdRoomsAreBoundedAndNoneIsDroppedForAnother() {
        createFor("hanna");
        RoomSettings settings = settings(ROOM);
        CompletionStage<Boolean> last = CompletableFuture.completedStage(true);
        for (int i = 0; i < LIMITS.maxRooms(); i++) {
            last = store.sessions().create(new RoomId("another-" + i), settings);
        }

        assertRefused(last, RequestErrorCode.UNAVAILABLE);
        assertThat(create(RoomSettings.createdBy("mallory", RoomTitle.NONE, Optional.empty(), 1_000_001)))
                .isFalse();
        assertThat(settings(ROOM)).isEqualTo(settings);
    }

    @Test
    void roomWithPeopleIsTaken() {
        enter(ROOM, "a");
        apply(ROOM, "a", VIDEO);

        assertThat(create(RoomSettings.createdBy("hanna", RoomTitle.NONE, Optional.empty(), 1_000_000)))
                .isFalse();
        assertThat(settings(ROOM)).isEqualTo(RoomSettings.UNOWNED);
    }

    @Test
    void changeOfSettingsIsToldUnderTheNextNumber() {
        createFor("hanna");
        enterAs("hanna", "h");
        long before = event(0, Entered.class).snapshot().state().seq();
        apply(ROOM, "h", LOCK);

        Changed changed = event(1, Changed.class);
        assertThat(changed.changes()).isEmpty();
        assertThat(changed.state().settings().locked()).isTrue();
        assertThat(changed.state().seq()).isGreaterThan(before);
    }

    @Test
    void guestIsRefusedAndNothingHappens() {
        createFor("hanna");
        enterAs("gus", "g");
        events.clear();

        assertRefused(store.sessions().apply(ROOM, "g", LOCK), RequestErrorCode.NOT_ALLOWED);
        assertThat(events).isEmpty();
        assertThat(settings(ROOM).locked()).isFalse();
    }

    @Test
    void deniedPlaybackCommandIsRefusedAndOnlyItsSenderIsCorrected() {
        createFor("hanna");
        enterAs("hanna", "h");
        enterAs("gus", "g");
        apply(ROOM, "h", VIDEO);
        apply(
                ROOM,
                "h",
                new SettingsCommand.Update(
                        Optional.empty(), Optional.of(Steering.HOSTS), Optional.empty(), Optional.empty()));
        events.clear();

        assertRefused(
                store.sessions().apply(ROOM, "g", new PlaybackCommand.Play(Optional.of(5.0))),
                RequestErrorCode.NOT_ALLOWED);
        await().until(() -> events.stream().anyMatch(SessionEvent.Corrected.class::isInstance));
        assertThat(events).allSatisfy(event -> {
            if (event instanceof SessionEvent.Corrected corrected) {
                assertThat(corrected.socketId()).isEqualTo("g");
                assertThat(corrected.state().playing()).isFalse();
            } else {
                assertThat(((Changed) event).changes()).isEmpty(); // its number, which came before the answer
            }
        });
    }

    @Test
    void lockedRoomRefusesAStrangerAndTakesItsHostBack() {
        createFor("hanna");
        Visitor host = enterAs("hanna", "h");
        apply(ROOM, "h", LOCK);
        leave(host);
        events.clear();

        assertRefused(store.presence().enter(ROOM, arrival("stranger", "s")), RequestErrorCode.ROOM_LOCKED);
        assertThat(events).isEmpty();
        enterAs("hanna", "h2");
        assertThat(event(0, Entered.class).visitor().socketId()).isEqualTo("h2");
    }

    private boolean create(RoomSettings settings) {
        return done(store.sessions().create(ROOM, settings));
    }

    private void createFor(String host) {
        assertThat(create(RoomSettings.createdBy(host, RoomTitle.NONE, Optional.empty(), 1_000_000)))
                .isTrue();
    }

    private RoomSettings settings(RoomId room) {
        return done(store.sessions().settings(room));
    }

    private Visitor enterAs(String participantId, String socketId) {
        return done(store.presence().enter(ROOM, arrival(participantId, socketId)));
    }

    protected final Arrival arrival(String participantId, String socketId) {
        return new Arrival(
                socketId, ++arrivals, false, new Credentials(participantId, Optional.empty(), Optional.empty()));
    }

    @Test
    void laterVisitHasTheHigherNumber() {
        Visitor first = enter(ROOM, "a");
        Visitor second = enter(ROOM, "a");

        assertThat(second.visit()).isGreaterThan(first.visit());
        assertThat(enter(RoomId.DEFAULT, "a").visit()).isGreaterThan(second.visit());
    }

    @Test
    void returnWithinTheGraceIsNotAnnounced() {
        Visitor first = enter(ROOM, "a");
        join("a", "Alice");
        lose(first);
        Visitor second = enter(ROOM, "a");
        leave(first);
        join("a", "Alice");

        assertThat(second.returningAs()).contains(new Username("Alice"));
        assertThat(events)
                .hasExactlyElementsOfTypes(
                        Entered.class, Joined.class, Reported.class, Entered.class, Reported.class, Entered.class);
        assertThat(event(3, Entered.class).snapshot().participants()).hasSize(1);
        assertThat(event(5, Entered.class).visitor()).isEqualTo(second);
        leave(second);
        assertThat(event(6, Left.class).socketId()).isEqualTo("a");
    }

    @Test
    void reportOfAParticipantIsKeptUntilItLeaves() {
        Visitor first = enter(ROOM, "a");
        report("a", PLAYING);
        join("a", "Alice");
        report("stranger", PLAYING);
        assertThat(roster(ROOM).reports()).isEmpty();

        report("a", PLAYING);
        report("a", PLAYING);
        Reported told = event(2, Reported.class);
        assertThat(told.before()).isEqualTo(UserReport.unknown("a"));
        assertThat(told.after()).isEqualTo(UserReport.of("a", PLAYING, false));
        assertThat(roster(ROOM).reports()).isEqualTo(Map.of("a", told.after()));
        assertThat(events).hasSize(3);

        lose(first);
        assertThat(event(3, Reported.class).after()).isEqualTo(UserReport.of("a", PLAYING, true));
        Visitor second = enter(ROOM, "a");
        assertThat(event(4, Entered.class).snapshot().reports()).isEqualTo(Map.of("a", told.after()));
        assertThat(event(5, Reported.class).after()).isEqualTo(told.after());
        leave(second);
        assertThat(roster(ROOM).reports()).isEmpty();
        assertThat(roster(new RoomId("nowhere")).isEmpty()).isTrue();
    }

    @Test
    void returnAfterTheGraceIsAnnouncedUnderTheOldName() {
        Visitor first = enter(ROOM, "a");
        join("a", "Alice");
        lose(first);
        leave(first);
        enter(ROOM, "a");

        assertThat(event(4, Entered.class).snapshot().participants()).hasSize(1);
        assertThat(event(5, Joined.class).participant().username()).isEqualTo(new Username("Alice"));
    }

    @Test
    void absenceLastsFromTheLossToTheReturn() {
        Visitor first = enter(ROOM, "a");
        clock.advance(100);
        lose(first);
        clock.advance(2000);
        Visitor second = enter(ROOM, "a");
        assertThat(second.absence()).contains(new Absence(1_000_100, 1_002_100));
        assertThat(enter(ROOM, "a").absence()).isEmpty();

        lose(second);
        assertThat(enter(ROOM, "a").absence()).isEmpty();
    }

    @Test
    void absenceOfASocketThatHadLeftBeginsWithItsLoss() {
        Visitor first = enter(ROOM, "a");
        apply(ROOM, "a", VIDEO);
        lose(first);
        clock.advance(15_000);
        leave(first);
        clock.advance(5000);

        assertThat(enter(ROOM, "a").absence()).contains(new Absence(1_000_000, 1_020_000));
    }

    @Test
    void expectsASocketThatIsHereOrWasLostWithinTheWindow() {
        assertThat(expects(ROOM, "a")).isFalse();
        Visitor visitor = enter(ROOM, "a");
        assertThat(expects(ROOM, "a")).isTrue();
        assertThat(expects(RoomId.DEFAULT, "a")).isFalse();

        lose(visitor);
        assertThat(expects(ROOM, "a")).isTrue();
        clock.advance(15_000);
        leave(visitor);
        assertThat(expects(ROOM, "a")).isTrue();
        assertThat(expects(RoomId.DEFAULT, "a")).isFalse();
        clock.advance(104_000);
        assertThat(expects(ROOM, "a")).isTrue();
        clock.advance(2000);
        assertThat(expects(ROOM, "a")).isFalse();
        assertThat(enter(ROOM, "a").returningAs()).isEmpty();
    }

    @Test
    void socketThatChoseToLeaveIsNotExpected() {
        Visitor visitor = enter(ROOM, "a");
        join("a", "Alice");
        leave(visitor);

        assertThat(expects(ROOM, "a")).isFalse();
        assertThat(enter(ROOM, "a").returningAs()).isEmpty();
    }

    @Test
    void lossThatIsNoticedAfterTheReturnRemovesNoSocket() {
        Visitor first = enter(ROOM, "a");
        enter(ROOM, "a");
        lose(first);
        leave(first);

        assertThat(expects(ROOM, "a")).isTrue();
        assertThat(events).hasOnlyElementsOfType(Entered.class);
    }

    @Test
    void usersOfARoomAreBounded() {
        enter(ROOM, "a");
        enter(ROOM, "b");
        enter(ROOM, "c");
        join("a", "A");
        join("b", "B");

        assertRefused(store.presence().join(ROOM, "c", new Username("C")), RequestErrorCode.ROOM_FULL);
        assertThat(events).hasSize(5);
    }

    @Test
    void failingListenerHindersNeitherTheStoreNorTheOthers() {
        Store failing = newStore(fixes(true));
        failing.sessions().subscribe(new TestingListener(event -> {
            throw new IllegalStateException("failed on purpose");
        }));
        failing.sessions().subscribe(new TestingListener(events::add));

        Visitor visitor = done(failing.presence().enter(ROOM, new Arrival("a", 1, true)));
        done(failing.presence().lose(ROOM, visitor));
        done(failing.presence().leave(ROOM, visitor));

        assertThat(event(0, Entered.class).visitor()).isEqualTo(visitor);
        assertThat(event(1, Left.class).socketId()).isEqualTo("a");
        assertThat(done(failing.presence().expects(ROOM, "a"))).isTrue();
    }

    @Test
    void commandsOfManyThreadsGetUniqueNumbersAndArriveInOrder() throws InterruptedException {
        int threads = 8;
        int commands = 500;
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        CountDownLatch done = new CountDownLatch(threads);
        enter(ROOM, "a");
        for (int thread = 0; thread < threads; thread++) {
            senders.execute(() -> {
                for (int i = 0; i < commands; i++) {
                    apply(ROOM, "a", new PlaybackCommand.Seek(Optional.of((double) i)));
                }
                done.countDown();
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        senders.shutdown();

        await().until(() -> events.size() == threads * commands + 1);
        List<Long> numbers = events.stream()
                .filter(Changed.class::isInstance)
                .map(event -> ((Changed) event).state().seq())
                .toList();
        assertThat(numbers).hasSize(threads * commands).isSorted().doesNotHaveDuplicates();
    }

    protected final Visitor enter(RoomId room, String socketId) {
        return done(store.presence().enter(room, new Arrival(socketId, ++arrivals, true)));
    }

    protected final void join(String socketId, String username) {
        done(store.presence().join(ROOM, socketId, new Username(username)));
    }

    private void report(String socketId, PlayerReport report) {
        done(store.presence().report(ROOM, socketId, report));
    }

    private Roster roster(RoomId room) {
        return done(store.presence().roster(room));
    }

    protected final void apply(RoomId room, String socketId, RoomCommand command) {
        done(store.sessions().apply(room, socketId, command));
    }

    protected final void lose(Visitor visitor) {
        done(store.presence().lose(ROOM, visitor));
    }

    protected final void leave(Visitor visitor) {
        done(store.presence().leave(ROOM, visitor));
    }

    private boolean expects(RoomId room, String socketId) {
        return done(store.presence().expects(room, socketId));
    }

    protected static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    protected static void assertRefused(CompletionStage<?> call, RequestErrorCode code) {
        assertThatThrownBy(() -> done(call))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(SessionException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(code));
    }

    /** Waits for an event, which a store may report a moment after its call has returned. */
    protected final <T extends SessionEvent> T event(int index, Class<T> type) {
        await().until(() -> events.size() > index);
        assertThat(events.get(index)).isInstanceOf(type);
        return type.cast(events.get(index));
    }
}
