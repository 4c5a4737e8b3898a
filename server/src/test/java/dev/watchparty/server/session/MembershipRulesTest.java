package dev.watchparty.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.PlayerState;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionEvent.Revived;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MembershipRulesTest {
    private static final PlayerReport BUFFERING = new PlayerReport(PlayerState.BUFFERING, Optional.empty(), false);
    private static final long NOW = 1_000_000;
    private static final Username ALICE = new Username("Alice");
    private static final RoomState EMPTY = RoomState.initial(new RoomId("film-night"), SessionState.initial(NOW, NOW));

    private final MembershipRules rules = new MembershipRules(2);

    @Test
    void noRuleChangesTheGivenState() {
        RoomState entered = rules.enter(EMPTY, visitor("a", 1), NOW).state();
        RoomState joined = rules.join(entered, "a", ALICE, NOW).state();
        RoomState lost = rules.lose(joined, visitor("a", 1), NOW).state();
        RoomState left = rules.leave(lost, visitor("a", 1)).state();

        assertThat(EMPTY.roster().isEmpty()).isTrue();
        assertThat(entered.roster().participants()).isEmpty();
        assertThat(joined.roster().find("a").orElseThrow().lostAt()).isEmpty();
        assertThat(joined.roster().participants()).containsExactly(new Participant("a", ALICE, NOW));
        assertThat(lost.roster().find("a").orElseThrow().lostAt()).isEqualTo(OptionalLong.of(NOW));
        assertThat(left.roster().isEmpty()).isTrue();
    }

    @Test
    void socketThatReturnsUnderAnUnknownNameJoinsAgain() {
        Outcome outcome = rules.enter(EMPTY, returning("a", 2), NOW);

        assertThat(outcome.events()).hasExactlyElementsOfTypes(Entered.class, Joined.class);
        assertThat(outcome.state().roster().participants()).containsExactly(new Participant("a", ALICE, NOW));
    }

    @Test
    void socketThatReturnsToItsPlaceKeepsIt() {
        RoomState lost = rules.lose(joined("a", 1), visitor("a", 1), NOW).state();
        Outcome outcome = rules.enter(lost, returning("a", 2), NOW + 5000);

        assertThat(outcome.events()).hasExactlyElementsOfTypes(Entered.class, Reported.class);
        assertThat(outcome.state().roster().participants()).containsExactly(new Participant("a", ALICE, NOW));
        assertThat(outcome.state().roster().find("a").orElseThrow().lostAt()).isEmpty();
    }

    @Test
    void onlyTheLatestVisitIsLostOrLeft() {
        RoomState state = rules.enter(joined("a", 1), returning("a", 2), NOW).state();

        assertThat(rules.lose(state, visitor("a", 1), NOW)).isEqualTo(Outcome.of(state));
        assertThat(rules.leave(state, visitor("a", 1))).isEqualTo(Outcome.of(state));
        assertThat(rules.leave(state, visitor("a", 2)).events()).hasExactlyElementsOfTypes(Left.class);
    }

    @Test
    void repeatedNameAfterAReturnGreetsOnlyItsSocket() {
        RoomState state = rules.enter(joined("a", 1), returning("a", 2), NOW).state();

        assertThat(rules.join(state, "a", ALICE, NOW).events()).hasExactlyElementsOfTypes(Entered.class);
        assertThat(rules.join(state, "a", new Username("Al"), NOW).events()).hasExactlyElementsOfTypes(Joined.class);
    }

    @Test
    void fullRoomRefusesANewcomerButLetsAParticipantChangeItsName() {
        RoomState full = joined(joined("a", 1), "b", 2);
        RoomState more = rules.enter(full, visitor("c", 3), NOW).state();

        assertThatThrownBy(() -> rules.join(more, "c", new Username("Carol"), NOW))
                .isInstanceOfSatisfying(SessionException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(RequestErrorCode.ROOM_FULL));
        assertThat(rules.join(more, "b", new Username("Bob"), NOW).events()).hasExactlyElementsOfTypes(Joined.class);
    }

    @Test
    void revivedSessionAwaitsItsOtherParticipantsAsLost() {
        Snapshot saved = new Snapshot(
                SessionState.initial(NOW + 7, NOW),
                List.of(new Participant("a", ALICE, 1), new Participant("b", new Username("Bob"), 2)));
        Outcome outcome = rules.revive(EMPTY, saved, NOW - 50, "a");

        assertThat(outcome.events())
                .hasExactlyElementsOfTypes(
                        Revived.class, Changed.class, Joined.class, Reported.class, Joined.class, Reported.class);
        assertThat(((Revived) outcome.events().get(0)).awaited())
                .map(Visitor::socketId)
                .containsExactly("b");
        assertThat(outcome.state().roster().find("b").orElseThrow().lostAt()).isEqualTo(OptionalLong.of(NOW - 50));
        assertThat(outcome.state().playback().seq()).isEqualTo(NOW + 7);
    }

    @Test
    void lossAndReturnOfAParticipantAreReportedWithWhatIsKnownOfIt() {
        RoomState reported = rules.report(joined("a", 1), "a", BUFFERING).state();
        Outcome lost = rules.lose(reported, visitor("a", 1), NOW);
        Outcome back = rules.enter(lost.state(), returning("a", 2), NOW);

        assertThat(reports(lost)).containsExactly(UserReport.of("a", BUFFERING, true));
        assertThat(reports(back)).containsExactly(UserReport.of("a", BUFFERING, false));
        assertThat(rules.lose(lost.state(), visitor("a", 1), NOW + 1).events()).isEmpty();
    }

    @Test
    void reportIsToldOnceAndOnlyOfAParticipant() {
        RoomState entered = rules.enter(EMPTY, visitor("a", 1), NOW).state();
        assertThat(rules.report(entered, "a", BUFFERING)).isEqualTo(Outcome.of(entered));
        assertThat(rules.report(entered, "stranger", BUFFERING)).isEqualTo(Outcome.of(entered));
        assertThat(rules.lose(entered, visitor("a", 1), NOW).events()).isEmpty();

        RoomState joined = rules.join(entered, "a", ALICE, NOW).state();
        Outcome first = rules.report(joined, "a", BUFFERING);
        assertThat(first.events()).singleElement().isInstanceOfSatisfying(Reported.class, event -> {
            assertThat(event.before()).isEqualTo(UserReport.unknown("a"));
            assertThat(event.after()).isEqualTo(UserReport.of("a", BUFFERING, false));
            assertThat(event.snapshot().reports()).containsOnlyKeys("a");
        });
        assertThat(rules.report(first.state(), "a", BUFFERING).events()).isEmpty();
        assertThat(first.state().playback()).isEqualTo(joined.playback());
    }

    private static List<UserReport> reports(Outcome outcome) {
        return outcome.events().stream()
                .filter(Reported.class::isInstance)
                .map(event -> ((Reported) event).after())
                .toList();
    }

    private RoomState joined(String socketId, long visit) {
        return joined(EMPTY, socketId, visit);
    }

    private RoomState joined(RoomState state, String socketId, long visit) {
        RoomState entered = rules.enter(state, visitor(socketId, visit), NOW).state();
        return rules.join(entered, socketId, ALICE, NOW).state();
    }

    private static Visitor visitor(String socketId, long visit) {
        return new Visitor(new Arrival(socketId, visit, true), Optional.empty(), Optional.empty(), visit);
    }

    private static Visitor returning(String socketId, long visit) {
        return new Visitor(new Arrival(socketId, visit, true), Optional.of(ALICE), Optional.empty(), visit);
    }
}
