package dev.watchparty.server.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.PlayerState;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which reports the members of a room are told, and when: with a timer that runs on demand. */
class ReportsTest {
    private static final int MAX_LISTED = 3;

    private final TestingTimer timer = new TestingTimer();
    private final List<List<UserReport>> told = new ArrayList<>();
    private final Reports reports = new Reports(this, MAX_LISTED, told::add, timer.executor());
    private final Map<String, UserReport> room = new TreeMap<>();

    ReportsTest() {
        List.of("a", "b", "c").forEach(socketId -> room.put(socketId, UserReport.unknown(socketId)));
    }

    private static UserReport report(String socketId, PlayerState state) {
        return UserReport.of(socketId, new PlayerReport(state, Optional.empty(), false), false);
    }

    private static UserReport lost(UserReport report) {
        return new UserReport(report.socketId(), report.player(), report.driftMs(), report.hidden(), true);
    }

    private Snapshot snapshot() {
        List<Participant> participants = room.keySet().stream()
                .map(socketId -> new Participant(socketId, new Username("Guest"), 1))
                .toList();
        return new Snapshot(SessionState.initial(1, 1), participants, participants.size(), Map.copyOf(room));
    }

    private void change(UserReport after) {
        Snapshot before = snapshot();
        room.put(after.socketId(), after);
        SessionEvent event = Reported.between(RoomId.DEFAULT, before, snapshot(), after.socketId())
                .orElseThrow();
        reports.changed((Reported) event);
    }

    @Test
    void changesOfAnIntervalAreToldTogetherEachUserOnce() {
        change(report("a", PlayerState.BUFFERING));
        change(report("b", PlayerState.BLOCKED));
        change(report("a", PlayerState.PLAYING));
        assertThat(told).isEmpty();
        timer.elapse();
        assertThat(told).containsExactly(List.of(report("a", PlayerState.PLAYING), report("b", PlayerState.BLOCKED)));

        change(report("c", PlayerState.FAILED));
        assertThat(told).as("within the next interval").hasSize(1);
        timer.elapse();
        assertThat(told).hasSize(2).last().isEqualTo(List.of(report("c", PlayerState.FAILED)));
        timer.elapse();
        assertThat(timer.isIdle()).isTrue();
        assertThat(told).hasSize(2);
    }

    @Test
    void lossAndReturnWithinAnIntervalCancelOut() {
        UserReport playing = report("a", PlayerState.PLAYING);
        change(playing);
        timer.elapse();
        told.clear();

        change(lost(playing));
        reports.shown(snapshotWith(playing)); // the one who returns is greeted first
        change(playing);
        timer.elapse();
        assertThat(told).isEmpty();

        change(lost(playing));
        timer.elapse();
        change(playing);
        timer.elapse();
        assertThat(told).containsExactly(List.of(lost(playing)), List.of(playing));
    }

    private Snapshot snapshotWith(UserReport other) {
        UserReport now = room.put(other.socketId(), other);
        Snapshot snapshot = snapshot();
        room.put(other.socketId(), now);
        return snapshot;
    }

    @Test
    void memberThatWasShownMoreThanTheOthersIsToldWhenThatIsTakenBack() {
        change(report("a", PlayerState.BUFFERING));
        reports.shown(snapshot());
        change(UserReport.unknown("a"));
        timer.elapse();

        assertThat(told).containsExactly(List.of(UserReport.unknown("a")));
    }

    @Test
    void userWhoHasLeftIsNotToldOf() {
        change(report("a", PlayerState.BUFFERING));
        change(report("b", PlayerState.BUFFERING));
        reports.left("a");
        room.remove("a");
        timer.elapse();

        assertThat(told).containsExactly(List.of(report("b", PlayerState.BUFFERING)));
    }

    @Test
    void longRoomIsToldNothingAndEverythingWhenItIsShortAgain() {
        change(report("a", PlayerState.BUFFERING));
        room.put("d", UserReport.unknown("d"));
        change(report("b", PlayerState.BUFFERING));
        change(report("b", PlayerState.PLAYING));
        timer.elapse();
        assertThat(told).isEmpty();

        room.remove("d");
        change(report("c", PlayerState.PAUSED));
        timer.elapse();
        timer.elapse();
        assertThat(told)
                .containsExactly(List.of(
                        report("a", PlayerState.BUFFERING),
                        report("b", PlayerState.PLAYING),
                        report("c", PlayerState.PAUSED)));
    }
}
