package dev.watchparty.server.broadcast;

import static java.util.stream.Collectors.toSet;

import com.corundumstudio.socketio.SocketIOClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Decides which of a room's original pages a position would only disturb now, and how far ahead of the room a page must
 * be sent so that its player arrives in step.
 *
 * <p>A player that is sent to a position stands still until it has buffered. The page then reports a play from behind
 * the room. Another position makes the player buffer again, so a page gets none while its player buffers. The position
 * that it gets leads the room's by the time that its player is expected to take. For one thread at a time.
 */
final class SlowPlayers {
    /** A fresh page of the original jumps when its drift exceeds 0.3 s; the rest is for the transmission, s. */
    private static final double ALWAYS_ACCEPTED = 0.25;

    /** Any other page jumps when its drift exceeds 0.8 s; the rest is for the transmission, s. */
    private static final double ACCEPTED = 0.78;

    /** How long an original page counts as fresh, ms. */
    private static final long FRESH_MILLIS = 5000;

    /**
     * This long after a play, all but the slowest players play, and their pages have reported it, ms. Quick players
     * report nothing, so their pages also get no heartbeat for this long.
     */
    private static final long STARTED_MILLIS = 2250;

    /** How much longer than expected a player may take, ms. */
    private static final long PATIENCE_MILLIS = 1000;

    /** How long a slow player is expected to take before its own times are known, s. */
    private static final double TYPICAL_START = 1.1;

    /** With a greater lead, a page could be ahead by more than it accepts, if its player starts quickly, s. */
    private static final double GREATEST_FIRST_LEAD = 1.25;

    private static final double GREATEST_LEAD = 2.5;

    private final Set<String> heard = new HashSet<>();
    private final Map<String, Jump> jumps = new HashMap<>();
    private final Map<String, Long> settled = new HashMap<>(); // until when, by socket
    private final Map<String, Starts> starts = new HashMap<>();
    private long startedAt = Long.MIN_VALUE / 2;

    /** A page was sent {@code lead} seconds ahead of the room, and is left alone for a while. */
    private record Jump(double lead, long until) {}

    /** How long a player took to start, s, over all its starts. */
    private record Starts(int count, double seconds) {
        private static final Starts NONE = new Starts(0, 0);

        Starts plus(double took) {
            return new Starts(count + 1, seconds + took);
        }

        double expected() {
            return Math.min((TYPICAL_START + seconds) / (1 + count), count > 1 ? GREATEST_LEAD : GREATEST_FIRST_LEAD);
        }
    }

    /** All players received a command to play from a position; the sender's player plays already. */
    void started(String senderId, long now) {
        stopped();
        startedAt = now;
        heard.add(senderId);
    }

    /** No player is starting any more. */
    void stopped() {
        startedAt = Long.MIN_VALUE / 2;
        heard.clear();
        jumps.clear();
        settled.clear();
    }

    /** A page received a command to play from the room's position. */
    void sent(String socketId, long now) {
        settled.remove(socketId);
        jumps.put(socketId, new Jump(0, now + STARTED_MILLIS));
    }

    /**
     * A page reports that its player plays, {@code lag} seconds behind the room, or ahead of it if negative.
     *
     * @return how far ahead of the room to send it, s; empty if it should stay at its position
     */
    OptionalDouble reported(String socketId, double lag, long now) {
        Jump jump = jumps.remove(socketId);
        boolean isFirst = heard.add(socketId) && now - startedAt < STARTED_MILLIS;
        if (jump != null || isFirst) {
            double took = Math.max(0, lag + (jump == null ? 0 : jump.lead()));
            starts.put(socketId, starts.getOrDefault(socketId, Starts.NONE).plus(took));
        }
        if (Math.abs(lag) <= ALWAYS_ACCEPTED || lag < -ACCEPTED) {
            settled.remove(socketId);
            return OptionalDouble.of(0);
        }
        if (lag <= ACCEPTED) {
            settled.put(socketId, now + FRESH_MILLIS);
            return OptionalDouble.empty();
        }
        double lead = starts.getOrDefault(socketId, Starts.NONE).expected();
        settled.remove(socketId);
        jumps.put(socketId, new Jump(lead, now + Math.round(lead * 1000) + PATIENCE_MILLIS));
        return OptionalDouble.of(lead);
    }

    void left(String socketId) {
        heard.remove(socketId);
        jumps.remove(socketId);
        settled.remove(socketId);
        starts.remove(socketId);
    }

    /** The members that a heartbeat skips now. */
    Set<SocketIOClient> among(Collection<Member> members, long now) {
        jumps.values().removeIf(jump -> jump.until() <= now);
        settled.values().removeIf(until -> until <= now);
        long elapsedMillis = now - startedAt;
        boolean areStarting = elapsedMillis > ALWAYS_ACCEPTED * 1000 && elapsedMillis < STARTED_MILLIS;
        if (!areStarting && jumps.isEmpty() && settled.isEmpty()) {
            return Set.of();
        }
        return members.stream()
                .filter(member -> member.arrival().echoes())
                .filter(member -> isSpared(member.socketId(), areStarting))
                .map(Member::client)
                .collect(toSet());
    }

    private boolean isSpared(String socketId, boolean areStarting) {
        return jumps.containsKey(socketId)
                || settled.containsKey(socketId)
                || (areStarting && !heard.contains(socketId));
    }
}
