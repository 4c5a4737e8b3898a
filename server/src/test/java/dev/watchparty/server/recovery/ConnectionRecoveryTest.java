package dev.watchparty.server.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Absence;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SavedSessions;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import dev.watchparty.server.session.TestingClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionRecoveryTest {
    private static final String ALICE = "alice-alice-alice-20";
    private static final RoomId ROOM = new RoomId("film-night");

    private long nanos;
    private final TestingClock clock = new TestingClock(1000);
    private final ConnectionRecovery connectionRecovery = connectionRecovery(SavedSessions.none(), true);

    @Test
    void whoWasLostComesBackUnderItsName() {
        String ticket = connectionRecovery.ticket(ROOM, ALICE).orElseThrow();
        arriveAndJoin();
        connectionRecovery.lost(ALICE, 1);

        assertThat(connectionRecovery.recognise(ROOM, ticket)).contains(ALICE);
        assertThat(connectionRecovery.arrived(ROOM, ALICE, 2).username()).contains(new Username("Alice"));
    }

    @Test
    void absenceLastsFromTheLossToTheReturn() {
        arriveAndJoin();
        clock.advance(100);
        connectionRecovery.lost(ALICE, 1);
        clock.advance(2000);

        assertThat(connectionRecovery.arrived(ROOM, ALICE, 2).absence()).contains(new Absence(1100, 3100));
        assertThat(connectionRecovery.arrived(ROOM, ALICE, 3).absence()).isEmpty();
    }

    @Test
    void whoseConnectionHasNotBeenFoundDeadMayReplaceIt() {
        String ticket = connectionRecovery.ticket(ROOM, ALICE).orElseThrow();
        arriveAndJoin();

        assertThat(connectionRecovery.recognise(ROOM, ticket)).contains(ALICE);
    }

    @Test
    void lossThatIsNoticedAfterTheComebackTakesNobodyAway() {
        String ticket = connectionRecovery.ticket(ROOM, ALICE).orElseThrow();
        arriveAndJoin();
        connectionRecovery.arrived(ROOM, ALICE, 2);

        connectionRecovery.lost(ALICE, 1);
        nanos += Duration.ofMinutes(3).toNanos();
        assertThat(connectionRecovery.recognise(ROOM, ticket)).contains(ALICE);
        connectionRecovery.gone(ALICE, 1);
        assertThat(connectionRecovery.recognise(ROOM, ticket)).contains(ALICE);
        connectionRecovery.lost(ALICE, 2);
        assertThat(connectionRecovery.arrived(ROOM, ALICE, 3).username()).contains(new Username("Alice"));
    }

    @Test
    void ticketIsWorthNothingWhenTheWindowHasPassed() {
        String ticket = connectionRecovery.ticket(ROOM, ALICE).orElseThrow();
        arriveAndJoin();
        connectionRecovery.lost(ALICE, 1);

        nanos += Duration.ofSeconds(119).toNanos();
        assertThat(connectionRecovery.recognise(ROOM, ticket)).isPresent();
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(connectionRecovery.recognise(ROOM, ticket)).isEmpty();
        assertThat(connectionRecovery.arrived(ROOM, ALICE, 2).username()).isEmpty();
    }

    @Test
    void ticketIsWorthNothingInAnotherRoomOrForWhoLeftOrNeverWas() {
        String ticket = connectionRecovery.ticket(ROOM, ALICE).orElseThrow();
        assertThat(connectionRecovery.recognise(ROOM, ticket)).isEmpty();

        arriveAndJoin();
        assertThat(connectionRecovery.recognise(RoomId.DEFAULT, ticket)).isEmpty();
        connectionRecovery.gone(ALICE, 1);
        assertThat(connectionRecovery.recognise(ROOM, ticket)).isEmpty();
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 0; i < 10_000; i++) {
            String socketId = "socket-%013d".formatted(i);
            connectionRecovery.arrived(ROOM, socketId, i);
            connectionRecovery.lost(socketId, i);
        }

        assertThat(connectionRecovery.remembered()).isLessThanOrEqualTo(100);
    }

    @Test
    void whoWasThereBeforeARestartComesBack() {
        Snapshot snapshot = new Snapshot(
                SessionState.initial(5, 1000), List.of(new Participant(ALICE, new Username("Alice"), 1000)));
        ConnectionRecovery restarted = connectionRecovery(
                new SavedSessions(Map.of(ROOM, new SavedSessions.Saved(snapshot, 1000)), Duration.ofMinutes(2)), true);
        String ticket = connectionRecovery.ticket(ROOM, ALICE).orElseThrow();

        assertThat(restarted.recognise(ROOM, ticket)).contains(ALICE);
        assertThat(restarted.arrived(ROOM, ALICE, 2).username()).contains(new Username("Alice"));
    }

    @Test
    void windowCountsOverARestart() {
        Snapshot snapshot = new Snapshot(
                SessionState.initial(5, 1000), List.of(new Participant(ALICE, new Username("Alice"), 1000)));
        SavedSessions saved =
                new SavedSessions(Map.of(ROOM, new SavedSessions.Saved(snapshot, 1000)), Duration.ofMinutes(2));
        String ticket = connectionRecovery.ticket(ROOM, ALICE).orElseThrow();

        clock.advance(90_000);
        ConnectionRecovery soon = connectionRecovery(saved, true);
        assertThat(soon.recognise(ROOM, ticket)).isPresent();
        nanos += Duration.ofSeconds(29).toNanos();
        assertThat(soon.recognise(ROOM, ticket)).isPresent();
        nanos += Duration.ofSeconds(2).toNanos();
        assertThat(soon.recognise(ROOM, ticket)).isEmpty();

        clock.advance(31_000);
        ConnectionRecovery late = connectionRecovery(saved, true);
        assertThat(late.recognise(ROOM, ticket)).isEmpty();
        assertThat(late.arrived(ROOM, ALICE, 2).username()).isEmpty();
    }

    @Test
    void switchedOffNobodyGetsATicketOrIsRecognised() {
        String ticket = connectionRecovery.ticket(ROOM, ALICE).orElseThrow();
        ConnectionRecovery off = connectionRecovery(SavedSessions.none(), false);
        off.arrived(ROOM, ALICE, 1);

        assertThat(off.ticket(ROOM, ALICE)).isEmpty();
        assertThat(off.recognise(ROOM, ticket)).isEmpty();
    }

    private void arriveAndJoin() {
        connectionRecovery.arrived(ROOM, ALICE, 1);
        Participant alice = new Participant(ALICE, new Username("Alice"), 1000);
        connectionRecovery.joined(
                new SessionEvent.Joined(ROOM, alice, new Snapshot(SessionState.initial(0, 1000), List.of(alice))));
    }

    private ConnectionRecovery connectionRecovery(SavedSessions saved, boolean enabled) {
        RecoveryConfig config = new RecoveryConfig(
                enabled, Duration.ofMinutes(2), Duration.ofSeconds(15), 100, Optional.empty(), Optional.empty());
        return new ConnectionRecovery(config, new Archive.Contents("the server's secret", saved), clock, () -> nanos);
    }
}
