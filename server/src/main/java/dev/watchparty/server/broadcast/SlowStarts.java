package dev.watchparty.server.broadcast;

import static java.util.stream.Collectors.toSet;

import com.corundumstudio.socketio.SocketIOClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The original's pages of a room whose players are still on their way to where they were told to be. A heartbeat would find
 * them far off, and send them on their way anew. For one thread at a time.
 */
final class SlowStarts {
    /** Until now after a start no player is further behind than the original's page accepts (0.8 s), ms. */
    private static final long ACCEPTED_MILLIS = 700;

    /**
     * By now after a start all but the slowest players play and have said so, ms. The time between the two is less than
     * the heartbeat's interval, so that nobody misses more than one.
     */
    private static final long STARTED_MILLIS = 1650;

    /** How much longer than it did before a player may take, ms. */
    private static final long PATIENCE_MILLIS = 1000;

    private final Set<String> heard = new HashSet<>();
    private final Map<String, Long> jumping = new HashMap<>(); // until when, by socket
    private long startedAt = Long.MIN_VALUE / 2;

    /** All players were told to play from somewhere; that of the sender does already. */
    void started(String senderId, long now) {
        stopped();
        startedAt = now;
        heard.add(senderId);
    }

    /** No player is on its way any more. */
    void stopped() {
        startedAt = Long.MIN_VALUE / 2;
        heard.clear();
        jumping.clear();
    }

    /** A player has started, and was told to jump, which will take it so long, s; 0 if it will not. */
    void heard(String socketId, double jumpSeconds, long now) {
        heard.add(socketId);
        if (jumpSeconds > 0) {
            jumping.put(socketId, now + Math.round(jumpSeconds * 1000) + PATIENCE_MILLIS);
        } else {
            jumping.remove(socketId);
        }
    }

    void left(String socketId) {
        heard.remove(socketId);
        jumping.remove(socketId);
    }

    /** Those of the members that a heartbeat passes over now. */
    Set<SocketIOClient> among(Collection<Connection> members, long now) {
        jumping.values().removeIf(until -> until <= now);
        long elapsed = now - startedAt;
        boolean areStarting = elapsed > ACCEPTED_MILLIS && elapsed < STARTED_MILLIS;
        if (!areStarting && jumping.isEmpty()) {
            return Set.of();
        }
        return members.stream()
                .filter(member -> member.visitor().echoes())
                .filter(member ->
                        jumping.containsKey(member.socketId()) || (areStarting && !heard.contains(member.socketId())))
                .map(Connection::client)
                .collect(toSet());
    }
}
