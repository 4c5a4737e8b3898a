package dev.watchparty.server.broadcast;

import dev.watchparty.protocol.User;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import dev.watchparty.server.socketio.Dialect;
import dev.watchparty.server.socketio.Message;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The messages of a room as one generation of clients reads them. A new generation is a class that implements this; a new
 * message does not compile until each generation has it.
 *
 * <p>Positions are those at the time {@code now}, ms since the epoch.
 */
@API(status = API.Status.INTERNAL)
public interface PartyDialect extends Dialect {
    /** The first generation of clients that know identities and hosts. */
    int GENERATION_WITH_HOSTS = 3;

    /**
     * The dialect of a client.
     *
     * @param generation as the client's handshake says it, >= 1
     */
    static PartyDialect of(int generation) {
        return generation < GENERATION_WITH_HOSTS ? OriginalDialect.INSTANCE : HostedDialect.INSTANCE;
    }

    /** Whether its clients know identities and hosts. */
    boolean knowsHosts();

    /** The decisions of the hosts of a room; only for clients that know hosts. */
    Message roomInfo(RoomSettings settings);

    /**
     * How many participants its clients are told at most when they come, besides themselves.
     *
     * @param configured the bound of the settings
     */
    int maxListed(int configured);

    /** A participant, as its clients are told of it. */
    User user(Participant participant);

    /**
     * The room, for a socket that comes or joins.
     *
     * @param users those that are told, in the order in which they joined
     * @param reports how they are, of whom anything is known
     */
    Message init(Snapshot room, Map<String, User> users, Collection<UserReport> reports, long now);

    /** How some participants are; only for clients that know hosts. */
    Message reports(List<UserReport> reports);

    /** A participant has a name, or another one. */
    Message joined(Participant participant);

    /** A socket has left; the participant is empty if it never joined. */
    Message left(String socketId, Optional<Participant> participant);

    /** A change, sent at once or later: with its own number, and the current position. */
    Message change(SessionState state, PlaybackChange change, long now);

    /** Repeats the room's play or pause, under its latest number. */
    Message correction(SessionState state, long now);

    /** The position for a player that will lose {@code lead} seconds until it is there. */
    Message sync(SessionState state, long now, double lead);
}
