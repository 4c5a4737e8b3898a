package dev.watchparty.server.broadcast;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.EncodedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

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
final class Announcements {
    /** Short enough that nobody sees a name come late, and long enough for a storm to pass in a few windows. */
    private static final Duration WINDOW = Duration.ofMillis(50);

    /** Bounds what waits, some 30 KB; and a piece this long costs hardly less a packet than a longer one. */
    private static final int MAX_WAITING = 256;

    private final Runnable beforeAll;
    private final Supplier<Audience> members;
    private final Broadcasts broadcasts;
    private final Window window;
    private final List<EncodedEvent> waiting = new ArrayList<>();
    private Map<SocketIOClient, Integer> toldUpTo = new HashMap<>(); // how many that wait; absent for none

    /**
     * @param monitor the room's
     * @param beforeAll runs before something is told to everybody
     * @param members gives those of the room
     */
    Announcements(
            Object monitor,
            Runnable beforeAll,
            Supplier<Audience> members,
            Broadcasts broadcasts,
            ScheduledExecutorService timer) {
        this.beforeAll = beforeAll;
        this.members = members;
        this.broadcasts = broadcasts;
        this.window = new Window(monitor, WINDOW, this::flush, timer);
    }

    /** A new member sees the room as it is now. */
    void entered(SocketIOClient member) {
        markTold(member);
    }

    /** A member is none any more. */
    void left(SocketIOClient member) {
        toldUpTo.remove(member);
    }

    /** Tells all members of a coming or going. */
    void announce(EncodedEvent event) {
        waiting.add(event);
        settle();
    }

    /** As {@link #announce}, to all but the one who it is about. */
    void announceToOthers(EncodedEvent event, SocketIOClient self) {
        catchUp(self);
        waiting.add(event);
        markTold(self);
        settle();
    }

    private void settle() {
        if (!window.isOpen()) {
            window.flushAndOpen();
        } else if (waiting.size() >= MAX_WAITING) {
            flush();
        }
    }

    /** Tells one member what waits for it. */
    void catchUp(SocketIOClient member) {
        int from = toldUpTo.getOrDefault(member, 0);
        if (from < waiting.size()) {
            broadcasts.send(waitingFrom(from), member);
            markTold(member);
        }
    }

    private void markTold(SocketIOClient member) {
        if (!waiting.isEmpty()) {
            toldUpTo.put(member, waiting.size());
        }
    }

    /** Tells everybody what waits; false if nothing does. */
    boolean flush() {
        if (waiting.isEmpty()) {
            return false;
        }
        beforeAll.run();
        broadcasts.send(waitingFrom(0), members.get(), toldUpTo.keySet());
        toldUpTo.forEach((member, from) -> {
            if (from < waiting.size()) {
                broadcasts.send(waitingFrom(from), member);
            }
        });
        waiting.clear();
        toldUpTo = new HashMap<>(); // the old one's keys may still be looked at
        return true;
    }

    private EncodedEvent waitingFrom(int from) {
        return from == waiting.size() - 1
                ? waiting.get(from)
                : broadcasts.inOnePiece(waiting.subList(from, waiting.size()));
    }
}
