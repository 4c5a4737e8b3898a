package dev.watchparty.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.PlayerState;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.protocol.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RosterTest {
    /** Compares rosters with plain lists through random changes, also of rosters that are not the newest. */
    @Test
    void rosterNeverChangesAndListsItsParticipantsInOrder() {
        Random random = new Random(1);
        List<Roster> rosters = new ArrayList<>(List.of(Roster.EMPTY));
        List<List<Participant>> models = new ArrayList<>(List.of(List.of()));
        for (int step = 0; step < 3000; step++) {
            boolean isNewest = random.nextInt(10) < 8;
            int from = isNewest ? rosters.size() - 1 : random.nextInt(rosters.size());
            Roster roster = rosters.get(from);
            List<Participant> model = new ArrayList<>(models.get(from));
            int choice = random.nextInt(10);
            if (choice < 5 || model.isEmpty()) {
                Participant added =
                        new Participant("socket" + step, new Username("Name"), 1, "person" + random.nextInt(20));
                roster = roster.with(presence(added));
                model.add(added);
            } else if (choice < 7) {
                int index = random.nextInt(model.size());
                Participant renamed = model.get(index).renamed(new Username("Name" + step));
                roster = roster.with(presence(renamed));
                model.set(index, renamed);
            } else {
                Participant gone = model.remove(random.nextInt(model.size()));
                roster = roster.without(gone.socketId());
            }
            rosters.add(roster);
            models.add(model);
        }

        for (int i = 0; i < rosters.size(); i++) {
            assertThat(rosters.get(i).participants()).isEqualTo(models.get(i));
            assertThat(rosters.get(i).peopleCount()).isEqualTo((int) models.get(i).stream()
                    .map(Participant::participantId)
                    .distinct()
                    .count());
            for (Participant participant : models.get(i)) {
                assertThat(rosters.get(i).find(participant.socketId()).flatMap(Presence::participant))
                        .contains(participant);
            }
        }
    }

    @Test
    void socketThatHasNotJoinedIsHereButNotListed() {
        Visitor visitor = new Visitor(new Arrival("a", 1, true), Optional.empty(), Optional.empty(), 1);
        Roster roster = Roster.EMPTY.with(Presence.of(visitor));

        assertThat(roster.isEmpty()).isFalse();
        assertThat(roster.participants()).isEmpty();
        assertThat(roster.find("a")).isPresent();
        assertThat(roster.without("a").isEmpty()).isTrue();
        assertThat(roster.without("nobody").find("a")).isPresent();
    }

    @Test
    void rosterKnowsHowItsParticipantsAreUntilTheyLeave() {
        PlayerReport report = new PlayerReport(PlayerState.PLAYING, Optional.of(5), true);
        Presence ann = presence(participant("a", "Ann"));
        Roster reported = Roster.EMPTY.with(ann).reported("a", report);
        assertThat(reported.reports()).isEqualTo(Map.of("a", UserReport.of("a", report, false)));
        assertThat(reported.reported("b", report).reports()).isEqualTo(reported.reports());

        Roster renamed = reported.with(reported.find("a").orElseThrow().withParticipant(participant("a", "Anna")));
        assertThat(renamed.reports()).isEqualTo(reported.reports());
        Roster lost = Roster.EMPTY.with(ann.lost(7));
        assertThat(lost.reports())
                .isEqualTo(Map.of("a", new UserReport("a", Optional.empty(), Optional.empty(), false, true)));
        assertThat(lost.with(ann).reports()).isEmpty();
        assertThat(reported.without("a").reports()).isEmpty();
    }

    private static Presence presence(Participant participant) {
        Visitor visitor =
                new Visitor(new Arrival(participant.socketId(), 1, true), Optional.empty(), Optional.empty(), 1);
        return new Presence(visitor, Optional.of(participant), OptionalLong.empty());
    }

    private static Participant participant(String socketId, String name) {
        return new Participant(socketId, new Username(name), 1);
    }
}
