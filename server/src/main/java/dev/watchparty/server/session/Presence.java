package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One socket in a room.
 *
 * @param visitor its latest visit
 * @param participant its name and place; empty until it joins
 * @param lostAt when its connection was lost, ms since the epoch; empty while it is connected
 */
public record Presence(Visitor visitor, Optional<Participant> participant, OptionalLong lostAt) {
    public Presence {
        requireNonNull(visitor, "visitor is null");
        requireNonNull(participant, "participant is null");
        requireNonNull(lostAt, "lostAt is null");
    }

    /** As in {@link Credentials}. */
    public String participantId() {
        return visitor.arrival().credentials().participantId();
    }

    /** A socket that has just entered, and has not joined. */
    static Presence of(Visitor visitor) {
        return new Presence(visitor, Optional.empty(), OptionalLong.empty());
    }

    Presence withParticipant(Participant joined) {
        return new Presence(visitor, Optional.of(joined), lostAt);
    }

    Presence lost(long now) {
        return new Presence(visitor, participant, OptionalLong.of(now));
    }
}
