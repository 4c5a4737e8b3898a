package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.UserReport;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One socket in a room.
 *
 * @param visitor its latest visit
 * @param participant its name and place; empty until it joins
 * @param lostAt when its connection was lost, ms since the epoch; empty while it is connected
 * @param report the latest that it has sent about its player; empty if it has sent none since it joined
 */
public record Presence(
        Visitor visitor, Optional<Participant> participant, OptionalLong lostAt, Optional<PlayerReport> report) {
    public Presence {
        requireNonNull(visitor, "visitor is null");
        requireNonNull(participant, "participant is null");
        requireNonNull(lostAt, "lostAt is null");
        requireNonNull(report, "report is null");
    }

    /** A socket that has not reported. */
    public Presence(Visitor visitor, Optional<Participant> participant, OptionalLong lostAt) {
        this(visitor, participant, lostAt, Optional.empty());
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
        return new Presence(visitor, Optional.of(joined), lostAt, report);
    }

    Presence lost(long now) {
        return new Presence(visitor, participant, OptionalLong.of(now), report);
    }

    /** The same socket with another report, or none. */
    public Presence with(Optional<PlayerReport> other) {
        return new Presence(visitor, participant, lostAt, other);
    }

    /** How the participant is, if anything is known of it; empty if the socket has not joined. */
    Optional<UserReport> toReport() {
        boolean isLost = lostAt.isPresent();
        if (participant.isEmpty() || (report.isEmpty() && !isLost)) {
            return Optional.empty();
        }
        String socketId = visitor.socketId();
        return Optional.of(report.map(known -> UserReport.of(socketId, known, isLost))
                .orElseGet(() -> new UserReport(socketId, Optional.empty(), Optional.empty(), false, isLost)));
    }
}
