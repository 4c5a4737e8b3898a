package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The state of a session at one point in time.
 *
 * @param state the playback
 * @param participants in the order in which they joined
 */
public record Snapshot(SessionState state, List<Participant> participants) {
    public Snapshot {
        requireNonNull(state, "state is null");
        participants = Roster.copyOf(participants);
    }
}
