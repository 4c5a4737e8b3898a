package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A session at a moment.
 *
 * @param state what is played
 * @param participants who has joined, in the order in which they did
 */
public record Snapshot(SessionState state, List<Participant> participants) {
    public Snapshot {
        requireNonNull(state, "state is null");
        participants = Roster.copyOf(participants);
    }
}
