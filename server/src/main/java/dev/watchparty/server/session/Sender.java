package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.Username;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The properties of a command's sender that the rules need.
 *
 * @param socketId the public id
 * @param username the name to show; {@link Username#UNKNOWN} if it has not joined
 * @param echoes as in {@link Arrival}
 * @param joinedAt when it first joined, ms since the epoch; empty if it has not, or if it came back to its earlier
 *     place
 * @param absence as in {@link Visitor}
 * @param alone whether no other socket has joined the room
 */
record Sender(
        String socketId,
        Username username,
        boolean echoes,
        OptionalLong joinedAt,
        Optional<Absence> absence,
        boolean alone) {
    Sender {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(username, "username is null");
        requireNonNull(joinedAt, "joinedAt is null");
        requireNonNull(absence, "absence is null");
    }

    static Sender of(Presence presence, Roster roster) {
        Visitor visitor = presence.visitor();
        Optional<Participant> participant = presence.participant();
        int others = roster.participants().size() - (participant.isPresent() ? 1 : 0);
        return new Sender(
                visitor.socketId(),
                participant.map(Participant::username).orElse(Username.UNKNOWN),
                visitor.echoes(),
                participant
                        .filter(joined -> visitor.returningAs().isEmpty())
                        .map(joined -> OptionalLong.of(joined.joinedAt()))
                        .orElseGet(OptionalLong::empty),
                visitor.absence(),
                others == 0);
    }
}
