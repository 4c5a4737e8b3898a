package dev.watchparty.server.session;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.Username;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the sockets of each room: those that are connected, and those that were lost a short while ago. It is the only
 * owner of this fact; every other list of sockets is derived from its events.
 *
 * <p>Asynchronous like {@link SessionStore}, whose events report the changes.
 */
public interface PresenceStore {
    /**
     * Whether a socket is in a room, or was lost there so recently that its client may come back as the same participant.
     *
     * @param socketId its public id
     */
    CompletionStage<Boolean> expects(RoomId room, String socketId);

    /**
     * A socket enters a room. The store creates the room if there is none. This is the first call for a socket. If the
     * store {@linkplain #expects expects} the socket, the socket gets its name and place back.
     *
     * @return the visit, with a number that is higher than that of every earlier visit of the socket
     */
    CompletionStage<Visitor> enter(RoomId room, Arrival arrival);

    /** A socket takes a name, or changes its name. */
    CompletionStage<Void> join(RoomId room, String socketId, Username username);

    /**
     * A socket says how its player is. Ignored if it has not joined. The other nodes hear of it a little later, or not at
     * all if they cannot be reached.
     */
    CompletionStage<Void> report(RoomId room, String socketId, PlayerReport report);

    /** The sockets of a room; none if there is no room. */
    CompletionStage<Roster> roster(RoomId room);

    /** The connection of a visitor is lost; it may come back. Ignored if the visit is not the latest of its socket. */
    CompletionStage<Void> lose(RoomId room, Visitor visitor);

    /**
     * A visit ends. Ignored if it is not the latest visit of its socket, because the socket has come back meanwhile.
     */
    CompletionStage<Void> leave(RoomId room, Visitor visitor);
}
