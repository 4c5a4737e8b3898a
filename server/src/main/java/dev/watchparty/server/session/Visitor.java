package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.Username;
import java.util.Optional;

/**
 * A socket that a store has admitted to a room.
 *
 * @param arrival the socket
 * @param returningAs the name that it had when it was lost; empty if it is new, or never had a name
 * @param absence how long it was away; empty if it is new, or if the server did not notice that it was lost
 * @param visit distinguishes this visit from others of the same socket. A visit may begin before an earlier one has
 *     ended: the highest number is the latest
 */
public record Visitor(Arrival arrival, Optional<Username> returningAs, Optional<Absence> absence, long visit) {
    /** The visit of participants that were in the room when an earlier run of the server ended. */
    private static final long BEFORE_ANY_VISIT = 0;

    public Visitor {
        requireNonNull(arrival, "arrival is null");
        requireNonNull(returningAs, "returningAs is null");
        requireNonNull(absence, "absence is null");
    }

    /** A participant of an earlier run of the server that has not come back yet. */
    static Visitor ofEarlierRun(Participant participant) {
        return new Visitor(
                new Arrival(
                        participant.socketId(),
                        0,
                        true,
                        new Credentials(participant.participantId(), Optional.empty(), Optional.empty())),
                Optional.of(participant.username()),
                Optional.empty(),
                BEFORE_ANY_VISIT);
    }

    /** The public id of the socket. */
    public String socketId() {
        return arrival.socketId();
    }

    /** See {@link Arrival}. */
    public boolean echoes() {
        return arrival.echoes();
    }
}
