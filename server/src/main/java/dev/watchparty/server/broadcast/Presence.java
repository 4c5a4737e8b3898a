package dev.watchparty.server.broadcast;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.EncodedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells the members of a room who comes and goes, many in one piece when many do at once: N who join together are told of
 * each other in N packets each, which nothing can change, but in a few writes each and not in N.
 *
 * <p>What comes after a quiet time is told at once, and opens a window; what comes within the window waits for its end.
 * Each member gets the same packets in the same order as if nothing had waited, as long as whatever else is sent to it
 * comes after {@link #catchUp}, or {@link #flush} if it is sent to all.
 *
 * <p>INVARIANT: every method is called with the room's monitor held.
 */
final class Presence {
    /** Short enough that nobody sees a name come late, and long enough for a storm to pass in a few windows. */
    private static final Duration WINDOW = Duration.ofMillis(50);

    /** Bounds what waits, some 30 KB; and a piece this long costs hardly less a packet than a longer one. */
    private static final int MAX_WAITING = 256;

    private final Object monitor;
    private final Collection<Connection> members;
    private final Broadcasts broadcasts;
    private final ScheduledExecutorService timer;
    private final List<EncodedEvent> waiting = new ArrayList<>();
    private final IdentityHashMap<Connection, Integer> told =
            new IdentityHashMap<>(); // how many that wait; absent for none
    private boolean windowOpen;

    /**
     * @param monitor the room's
     * @param members of the room at any time, a view
     */
    Presence(Object monitor, Collection<Connection> members, Broadcasts broadcasts, ScheduledExecutorService timer) {
        this.monitor = monitor;
        this.members = members;
        this.broadcasts = broadcasts;
        this.timer = timer;
    }

    /** A new member sees the room as it is now. */
    void entered(Connection member) {
        markTold(member);
    }

    /** A member is none any more; null for nobody. */
    void left(Connection member) {
        told.remove(member);
    }

    /** Tells all members of a coming or going. */
    void announce(EncodedEvent event) {
        waiting.add(event);
        settle();
    }

    /** As {@link #announce}, to all but the one who it is about. */
    void announceToOthers(EncodedEvent event, Connection self) {
        catchUp(self);
        waiting.add(event);
        markTold(self);
        settle();
    }

    private void settle() {
        if (!windowOpen) {
            flush();
            openWindow();
        } else if (waiting.size() >= MAX_WAITING) {
            flush();
        }
    }

    private void openWindow() {
        windowOpen = true;
        timer.schedule(this::endWindow, WINDOW.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void endWindow() {
        synchronized (monitor) {
            windowOpen = false;
            if (!waiting.isEmpty()) {
                flush();
                openWindow();
            }
        }
    }

    /** Tells one member what waits for it. */
    void catchUp(Connection member) {
        int from = told.getOrDefault(member, 0);
        if (from < waiting.size()) {
            broadcasts.send(waitingFrom(from), List.of(member.client()));
            markTold(member);
        }
    }

    private void markTold(Connection member) {
        if (!waiting.isEmpty()) {
            told.put(member, waiting.size());
        }
    }

    /** Tells everybody what waits. */
    void flush() {
        if (waiting.isEmpty()) {
            return;
        }
        Map<Integer, List<SocketIOClient>> byTold = new TreeMap<>();
        for (Connection member : members) {
            byTold.computeIfAbsent(told.getOrDefault(member, 0), count -> new ArrayList<>())
                    .add(member.client());
        }
        byTold.remove(waiting.size());
        byTold.forEach((from, clients) -> broadcasts.send(waitingFrom(from), clients));
        waiting.clear();
        told.clear();
    }

    private EncodedEvent waitingFrom(int from) {
        return from == waiting.size() - 1
                ? waiting.get(from)
                : broadcasts.inOnePiece(waiting.subList(from, waiting.size()));
    }
}
