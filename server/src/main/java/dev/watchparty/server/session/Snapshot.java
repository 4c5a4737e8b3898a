package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.UserReport;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The state of a session at one point in time.
 *
 * @param state the playback
 * @param participants in the order in which they joined
 * @param peopleCount how many people they are
 * @param reports how the participants are of whom anything is known, by socket id; must not change
 */
public record Snapshot(
        SessionState state, List<Participant> participants, int peopleCount, Map<String, UserReport> reports) {
    public Snapshot {
        requireNonNull(state, "state is null");
        participants = Roster.copyOf(participants);
        requireNonNull(reports, "reports is null");
    }

    /** Participants of whom nothing is known. */
    public Snapshot(SessionState state, List<Participant> participants) {
        this(state, participants, countPeople(participants), Map.of());
    }

    private static int countPeople(List<Participant> participants) {
        Set<String> people = new HashSet<>();
        participants.forEach(participant -> people.add(participant.participantId()));
        return people.size();
    }

    /** The same participants with another playback. */
    public Snapshot with(SessionState playback) {
        return new Snapshot(playback, participants, peopleCount, reports);
    }

    /** How a participant is. */
    public UserReport reportOf(String socketId) {
        UserReport known = reports.get(socketId);
        return known == null ? UserReport.unknown(socketId) : known;
    }
}
