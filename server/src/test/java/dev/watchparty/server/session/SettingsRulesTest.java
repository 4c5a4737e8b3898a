package dev.watchparty.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.Steering;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.PlaybackCommand.Pause;
import dev.watchparty.server.session.PlaybackCommand.Play;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SettingsCommand.AddHost;
import dev.watchparty.server.session.SettingsCommand.Close;
import dev.watchparty.server.session.SettingsCommand.Kick;
import dev.watchparty.server.session.SettingsCommand.PasswordChange;
import dev.watchparty.server.session.SettingsCommand.RemoveHost;
import dev.watchparty.server.session.SettingsCommand.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of hosts, of entering, and of steering in a room that belongs to somebody. */
class SettingsRulesTest {
    private static final long NOW = 1_000_000;
    private static final Duration ADDRESS_BAN = Duration.ofMinutes(10);
    private static final RoomId ROOM = new RoomId("film-night");
    private static final Update NOTHING =
            new Update(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Update LOCK =
            new Update(Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty());
    private static final Update HOSTS_ONLY =
            new Update(Optional.empty(), Optional.of(Steering.HOSTS), Optional.empty(), Optional.empty());
    private static final RoomPassword PASSWORD = new RoomPassword("a hash");

    private final SettingsRules rules = new SettingsRules(ADDRESS_BAN);
    private final MembershipRules membership = new MembershipRules(10);
    private final PlaybackRules playback =
            new PlaybackRules(new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, true));

    /** Hanna's room: she is host and has two tabs; Gus is a guest. */
    private final RoomState room = joined(joined(joined(owned("hanna"), "h1", "hanna"), "h2", "hanna"), "g1", "gus");

    private RoomState owned(String host) {
        return RoomState.initial(
                ROOM,
                SessionState.initial(NOW, NOW)
                        .with(RoomSettings.createdBy(host, RoomTitle.NONE, Optional.empty(), NOW)));
    }

    private RoomState joined(RoomState state, String socketId, String participantId) {
        RoomState entered =
                membership.enter(state, visitor(socketId, participantId), NOW).state();
        return membership
                .join(entered, socketId, new Username(participantId), NOW)
                .state();
    }

    private static Visitor visitor(String socketId, String participantId) {
        return visitor(
                socketId, new Credentials(participantId, Optional.of("net-of-" + participantId), Optional.empty()));
    }

    private static Visitor visitor(String socketId, Credentials credentials) {
        return new Visitor(new Arrival(socketId, 1, false, credentials), Optional.empty(), Optional.empty(), 1);
    }

    private RoomState after(RoomState state, String socketId, SettingsCommand... commands) {
        RoomState next = state;
        for (SettingsCommand command : commands) {
            Outcome outcome = rules.apply(next, socketId, command, NOW);
            assertThat(outcome.refusal()).isEmpty();
            next = outcome.state();
        }
        return next;
    }

    private static RoomSettings settings(RoomState state) {
        return state.playback().settings();
    }

    static Stream<SettingsCommand> everyCommand() {
        return Stream.of(
                LOCK,
                HOSTS_ONLY,
                new AddHost("gus"),
                new RemoveHost("hanna"),
                new Kick("hanna"),
                new Kick("gus"),
                new Close());
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void guestChangesNothing(SettingsCommand command) {
        Outcome outcome = rules.apply(room, "g1", command, NOW);

        assertThat(outcome.state()).isEqualTo(room);
        assertThat(outcome.events()).isEmpty();
        assertThat(outcome.refusal()).map(SessionException::code).contains(RequestErrorCode.NOT_ALLOWED);
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void nobodyChangesARoomThatNobodyOwns(SettingsCommand command) {
        RoomState open = joined(RoomState.initial(ROOM, SessionState.initial(NOW, NOW)), "g1", "gus");

        assertThat(rules.apply(open, "g1", command, NOW).refusal())
                .map(SessionException::code)
                .contains(RequestErrorCode.NOT_ALLOWED);
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void socketThatIsNotThereChangesNothing(SettingsCommand command) {
        assertThat(rules.apply(room, "stranger", command, NOW)).isEqualTo(Outcome.of(room));
    }

    @Test
    void everyTabOfAHostIsHost() {
        Outcome outcome = rules.apply(room, "h2", LOCK, NOW + 5);

        assertThat(settings(outcome.state()).locked()).isTrue();
        assertThat(settings(outcome.state()).changedBy()).contains(new Username("hanna"));
        assertThat(settings(outcome.state()).changedAt()).isEqualTo(NOW + 5);
        assertThat(outcome.state().playback().seq()).isEqualTo(room.playback().seq() + 1);
        assertThat(outcome.events())
                .containsExactly(new Changed(ROOM, outcome.state().playback(), List.of()));
    }

    @Test
    void commandThatChangesNothingTakesNoNumber() {
        assertThat(rules.apply(room, "h1", NOTHING, NOW)).isEqualTo(Outcome.of(room));
        assertThat(rules.apply(room, "h1", new AddHost("hanna"), NOW)).isEqualTo(Outcome.of(room));
        assertThat(rules.apply(room, "h1", new RemoveHost("gus"), NOW)).isEqualTo(Outcome.of(room));
    }

    @Test
    void updateChangesOnlyWhatItNames() {
        RoomState titled = after(
                room,
                "h1",
                LOCK,
                new Update(
                        Optional.of(RoomTitle.of("Friday")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(PasswordChange.to(PASSWORD))));

        assertThat(settings(titled).title()).isEqualTo(new RoomTitle("Friday"));
        assertThat(settings(titled).locked()).isTrue();
        assertThat(settings(titled).password()).contains(PASSWORD);
        assertThat(settings(titled).steering()).isEqualTo(Steering.EVERYONE);

        RoomState open = after(
                titled,
                "h1",
                new Update(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(PasswordChange.REMOVAL)));
        assertThat(settings(open).password()).isEmpty();
        assertThat(settings(open).title()).isEqualTo(new RoomTitle("Friday"));
    }

    @Test
    void hostSharesItsRoleAndHandsItOver() {
        RoomState shared = after(room, "h1", new AddHost("gus"));
        assertThat(settings(shared).hosts()).containsExactly("hanna", "gus");

        assertThat(rules.apply(shared, "g1", new RemoveHost("hanna"), NOW).refusal())
                .isPresent();
        RoomState handedOver = after(shared, "h1", new RemoveHost("hanna"));
        assertThat(settings(handedOver).hosts()).containsExactly("gus");
        assertThat(rules.apply(handedOver, "h1", LOCK, NOW).refusal()).isPresent();
        assertThat(rules.apply(handedOver, "g1", LOCK, NOW).refusal()).isEmpty();
    }

    @Test
    void lastHostStaysAndOnlyPeopleInTheRoomBecomeHost() {
        assertThat(refusal(room, new RemoveHost("hanna"))).contains("the last host stays");
        assertThat(refusal(room, new AddHost("somebody-else"))).contains("not in this room");
        assertThat(refusal(room, new Kick("somebody-else"))).contains("not in this room");
        assertThat(refusal(room, new Kick("hanna"))).contains("a host cannot be sent away");
    }

    private String refusal(RoomState state, SettingsCommand command) {
        Outcome outcome = rules.apply(state, "h1", command, NOW);
        assertThat(outcome.state()).isEqualTo(state);
        return outcome.refusal().orElseThrow().getMessage();
    }

    @Test
    void roomHasABoundedNumberOfHosts() {
        RoomState full = room;
        for (int i = 1; i < RoomSettings.MAX_HOSTS; i++) {
            full = after(joinedAs(full, i), "h1", new AddHost("p" + i));
        }
        assertThat(refusal(joinedAs(full, 99), new AddHost("p99"))).contains("at most 20 hosts");
    }

    private RoomState joinedAs(RoomState state, int number) {
        return new MembershipRules(100)
                .join(
                        membership
                                .enter(state, visitor("s" + number, "p" + number), NOW)
                                .state(),
                        "s" + number,
                        new Username("P" + number),
                        NOW)
                .state();
    }

    @Test
    void kickedPersonStaysOutForGoodAndItsAddressForAWhile() {
        RoomState kicked = membership
                .leave(after(room, "h1", new Kick("gus")), visitor("g1", "gus"))
                .state();

        assertRefused(kicked, visitor("g2", "gus"), NOW + Duration.ofDays(7).toMillis(), RequestErrorCode.KICKED);
        Visitor neighbour = visitor("n1", new Credentials("n1", Optional.of("net-of-gus"), Optional.empty()));
        assertRefused(kicked, neighbour, NOW + 1, RequestErrorCode.KICKED);
        membership.enter(kicked, neighbour, NOW + ADDRESS_BAN.toMillis());
        membership.enter(kicked, visitor("s1", "somebody-else"), NOW + 1);
    }

    @Test
    void bannedAddressKeepsNoPersonOutWhoIsThereAlready() {
        Credentials atTheSamePlace = nextToGus("flo");
        RoomState withFlo =
                membership.enter(room, visitor("f1", atTheSamePlace), NOW).state();
        RoomState named =
                membership.join(withFlo, "f1", new Username("Flo"), NOW).state();
        RoomState kicked = after(named, "h1", new Kick("gus"));

        RoomState twoTabs =
                membership.enter(kicked, visitor("f2", atTheSamePlace), NOW + 1).state();
        membership.join(twoTabs, "f2", new Username("Flo"), NOW + 1);
        membership.enter(kicked, visitor("h3", nextToGus("hanna")), NOW + 1);
        membership.enter(
                kicked,
                new Visitor(
                        new Arrival("x1", 1, true, nextToGus("x1")),
                        Optional.of(new Username("X")),
                        Optional.of(new Absence(NOW, NOW)),
                        2),
                NOW + 1);
        assertThat(settings(kicked).exclusion(atTheSamePlace, kicked.roster().participants(), NOW + 1))
                .isEmpty();
    }

    private static Credentials nextToGus(String participantId) {
        return new Credentials(participantId, Optional.of("net-of-gus"), Optional.empty());
    }

    /** No host sees it. */
    @Test
    void socketWithoutANameNeitherStaysAtABannedAddressNorTakesANameThere() {
        Credentials lurker = nextToGus("lurker");
        RoomState watched = membership
                .enter(membership.enter(room, visitor("l1", lurker), NOW).state(), visitor("l2", lurker), NOW)
                .state();
        RoomState kicked = after(watched, "h1", new Kick("gus"));

        assertThat(settings(kicked).exclusion(lurker, kicked.roster().participants(), NOW + 1))
                .map(SessionException::code)
                .contains(RequestErrorCode.KICKED);
        assertThatThrownBy(() -> membership.join(kicked, "l1", new Username("Somebody new"), NOW + 1))
                .isInstanceOfSatisfying(SessionException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(RequestErrorCode.KICKED));
        assertRefused(kicked, visitor("l3", lurker), NOW + 1, RequestErrorCode.KICKED);
        Visitor back = new Visitor(
                new Arrival("l1", 2, false, lurker), Optional.empty(), Optional.of(new Absence(NOW, NOW)), 2);
        assertRefused(kicked, back, NOW + 1, RequestErrorCode.KICKED);
        membership.join(kicked, "l1", new Username("Lou"), NOW + ADDRESS_BAN.toMillis());
    }

    @Test
    void oldestBanGoesWhenThereAreTooMany() {
        RoomSettings settings = settings(room);
        for (int i = 0; i <= RoomSettings.MAX_BANS; i++) {
            settings = settings.withBan(new Ban("p" + i, Optional.empty(), NOW));
        }
        assertThat(settings.bans()).hasSize(RoomSettings.MAX_BANS);
        assertThat(settings.isBanned("p0")).isFalse();
        assertThat(settings.isBanned("p1")).isTrue();
    }

    @Test
    void lockedRoomTakesBackOnlyThoseWhoWereThere() {
        RoomState locked = after(room, "h1", LOCK);

        assertRefused(locked, visitor("s1", "somebody-else"), NOW, RequestErrorCode.ROOM_LOCKED);
        membership.enter(locked, visitor("g2", "gus"), NOW);
        membership.enter(locked, visitor("h3", "hanna"), NOW);
        RoomState empty = membership
                .leave(membership.leave(locked, visitor("h1", "hanna")).state(), visitor("h2", "hanna"))
                .state();
        membership.enter(empty, visitor("h3", "hanna"), NOW);
        membership.enter(locked, visitor("t1", withTokenOf(NOW)), NOW);
        assertRefused(locked, visitor("t1", withTokenOf(NOW - 1)), NOW, RequestErrorCode.ROOM_LOCKED);
        membership.enter(locked, returning(NOW), NOW);
        assertRefused(locked, returning(NOW - 1), NOW, RequestErrorCode.ROOM_LOCKED);
    }

    /** A socket that comes back, lost in the room of that name that was there at the time. */
    private static Visitor returning(long lostAt) {
        return new Visitor(
                new Arrival("x1", 1, true), Optional.of(new Username("X")), Optional.of(new Absence(lostAt, NOW)), 2);
    }

    @Test
    void everyAddressOfAKickedPersonStaysOut() {
        RoomState elsewhere = membership
                .enter(room, visitor("g2", new Credentials("gus", Optional.of("cafe"), Optional.empty())), NOW)
                .state();
        RoomState kicked = after(elsewhere, "h1", new Kick("gus"));

        for (String address : List.of("net-of-gus", "cafe")) {
            assertRefused(
                    kicked,
                    visitor("n1", new Credentials("n1", Optional.of(address), Optional.empty())),
                    NOW,
                    RequestErrorCode.KICKED);
        }
    }

    @Test
    void creatorIsNotPushedOutByHeirs() {
        RoomSettings crowded = settings(room);
        for (int i = 1; i < RoomSettings.MAX_HOSTS; i++) {
            crowded = crowded.withHost("p" + i);
        }
        RoomState hostless = membership
                .leave(membership.leave(room, visitor("h1", "hanna")).state(), visitor("h2", "hanna"))
                .state();
        RoomState succeeded = rules.succeed(hostless.with(hostless.playback().with(crowded)), NOW)
                .state();

        assertThat(settings(succeeded).hosts())
                .hasSize(RoomSettings.MAX_HOSTS)
                .startsWith("hanna", "p2")
                .endsWith("gus");
    }

    @Test
    void originalPageDoesNotBecomeHost() {
        RoomState alone = membership
                .join(
                        membership
                                .enter(
                                        owned("hanna"),
                                        new Visitor(new Arrival("o1", 1, true), Optional.empty(), Optional.empty(), 1),
                                        NOW)
                                .state(),
                        "o1",
                        new Username("Old"),
                        NOW)
                .state();

        assertThat(rules.succeed(alone, NOW)).isEqualTo(Outcome.of(alone));
    }

    /** Of the room of that name that was there at the time. */
    private static Credentials withTokenOf(long time) {
        return new Credentials("t", OptionalLong.of(time), Optional.empty(), Optional.empty());
    }

    @Test
    void passwordIsAskedOfThoseWhoAreNew() {
        RoomState secret = after(
                room,
                "h1",
                new Update(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(PasswordChange.to(PASSWORD))));

        assertRefused(secret, visitor("s1", "somebody-else"), NOW, RequestErrorCode.PASSWORD_REQUIRED);
        assertRefused(secret, knowing("a wrong hash"), NOW, RequestErrorCode.WRONG_PASSWORD);
        assertRefused(secret, knowing(""), NOW, RequestErrorCode.WRONG_PASSWORD);
        membership.enter(secret, knowing("a hash"), NOW);
        membership.enter(secret, visitor("g2", "gus"), NOW);
    }

    private static Visitor knowing(String hash) {
        return visitor("s1", new Credentials("somebody-else", Optional.empty(), Optional.of(hash)));
    }

    @Test
    void closedRoomLetsNobodyInNotEvenItsHost() {
        RoomState closed = after(room, "h1", new Close());

        assertRefused(closed, visitor("h3", "hanna"), NOW, RequestErrorCode.ROOM_CLOSED);
        assertRefused(closed, visitor("s1", "somebody-else"), NOW, RequestErrorCode.ROOM_CLOSED);
    }

    private void assertRefused(RoomState state, Visitor visitor, long now, RequestErrorCode code) {
        assertThatThrownBy(() -> membership.enter(state, visitor, now))
                .isInstanceOf(SessionException.class)
                .extracting(failure -> ((SessionException) failure).code())
                .isEqualTo(code);
    }

    @Test
    void guestDoesNotSteerARoomOfHostsAndIsSetRight() {
        RoomState watching = playback.apply(
                        after(room, "h1", HOSTS_ONLY),
                        "h1",
                        new PlaybackCommand.ChangeVideo(new VideoId("dQw4w9WgXcQ")),
                        NOW)
                .state();

        Outcome denied = playback.apply(watching, "g1", new Play(Optional.of(10.0)), NOW);

        assertThat(denied.refusal()).map(SessionException::code).contains(RequestErrorCode.NOT_ALLOWED);
        assertThat(denied.state().playback().playsAs(watching.playback())).isTrue();
        assertThat(denied.events())
                .containsExactly(new Corrected(ROOM, "g1", denied.state().playback(), true, 0));
        assertThat(playback.apply(watching, "h2", new Play(Optional.of(10.0)), NOW)
                        .refusal())
                .isEmpty();
    }

    @Test
    void echoOfAGuestIsNoOffence() {
        RoomState playing = playback.apply(after(room, "h1", HOSTS_ONLY), "h1", new Play(Optional.of(10.0)), NOW)
                .state();

        assertThat(playback.apply(playing, "g1", new Play(Optional.of(10.0)), NOW)
                        .refusal())
                .isEmpty();
        assertThat(playback.apply(playing, "g1", new Pause(Optional.of(10.0)), NOW)
                        .refusal())
                .isPresent();
    }

    @Test
    void oneWhoHasBeenThereLongestBecomesHostWhenNoHostIs() {
        RoomState later = joined(room, "z1", "zoe");
        assertThat(SettingsRules.lacksHost(later)).isFalse();
        assertThat(rules.succeed(later, NOW)).isEqualTo(Outcome.of(later));

        RoomState oneTabLess = membership.leave(later, visitor("h1", "hanna")).state();
        assertThat(SettingsRules.lacksHost(oneTabLess)).isFalse();
        RoomState hostless =
                membership.lose(oneTabLess, visitor("h2", "hanna"), NOW).state();
        assertThat(SettingsRules.lacksHost(hostless)).isTrue();

        RoomState succeeded = rules.succeed(hostless, NOW + 7).state();
        assertThat(settings(succeeded).hosts()).containsExactly("hanna", "gus");
        assertThat(settings(succeeded).changedAt()).isEqualTo(NOW + 7);
        assertThat(SettingsRules.lacksHost(succeeded)).isFalse();
    }

    @Test
    void emptyRoomAndClosedRoomNeedNoHost() {
        RoomState empty = owned("hanna");
        assertThat(SettingsRules.lacksHost(empty)).isFalse();
        RoomState watched = membership.enter(empty, visitor("g1", "gus"), NOW).state();
        assertThat(SettingsRules.lacksHost(watched)).isFalse(); // nobody has joined
        assertThat(rules.succeed(empty, NOW)).isEqualTo(Outcome.of(empty));
        assertThat(SettingsRules.lacksHost(after(room, "h1", new Close()))).isFalse();
    }

    @Test
    void hostWatchWaitsForItsPatienceAndForgetsRoomsWithAHost() {
        RoomState hostless = membership
                .leave(membership.leave(room, visitor("h1", "hanna")).state(), visitor("h2", "hanna"))
                .state();
        HostWatch watch = new HostWatch(Duration.ofMinutes(5));

        assertThat(watch.due(Stream.of(hostless), NOW)).isEmpty();
        assertThat(watch.due(Stream.of(hostless), NOW + 299_999)).isEmpty();
        assertThat(watch.due(Stream.of(room), NOW + 299_999)).isEmpty();
        assertThat(watch.due(Stream.of(hostless), NOW + 300_000)).isEmpty();
        assertThat(watch.due(Stream.of(hostless), NOW + 600_000)).containsExactly(ROOM);
    }
}
