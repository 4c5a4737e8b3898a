package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.Username;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who sends a command, as far as the rules care.
 *
 * @param socketId the public id
 * @param username the name to show, {@link Username#UNKNOWN} for who has not joined
 * @param echoes as in {@link Visitor}
 * @param joinedAt when it first joined, ms since the epoch; empty if it has not, or if it came back to a place it had
 * @param absence as in {@link Visitor}
 * @param alone whether nobody else has joined the room
 */
public record Sender(
        String socketId,
        Username username,
        boolean echoes,
        OptionalLong joinedAt,
        Optional<Absence> absence,
        boolean alone) {
    public Sender {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(username, "username is null");
        requireNonNull(joinedAt, "joinedAt is null");
        requireNonNull(absence, "absence is null");
    }
}
