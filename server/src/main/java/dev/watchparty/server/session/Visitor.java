package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.Username;
import java.util.Optional;

/**
 * A socket that comes to a room.
 *
 * @param socketId its public id
 * @param echoes whether its player's echoes arrive as commands: true for the original's page, false for a client that
 *     sends nothing but what a person wished
 * @param returningAs the name that it had when it was lost; empty if it is new, or never had one
 * @param absence how long it was away; empty if it is new, or if its loss was not noticed
 * @param visit tells this visit from others of the same socket, which may begin before and end after it: the highest
 *     number is the latest
 */
public record Visitor(
        String socketId, boolean echoes, Optional<Username> returningAs, Optional<Absence> absence, long visit) {
    public Visitor {
        requireNonNull(socketId, "socketId is null");
        requireNonNull(returningAs, "returningAs is null");
        requireNonNull(absence, "absence is null");
    }
}
