package dev.watchparty.server.broadcast;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.eventloop.Window;
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
 * Announces arrivals and departures to the members of a room, many in one piece when many occur at once: N members that
 * join together receive N packets each about each other, which cannot be avoided, but in a few writes each and not in
 * N.
 *
 * <p>An announcement after a quiet time is sent at once, and opens a window; an announcement within the window waits
 * for its end. Each member gets the same packets in the same order as if nothing had waited, as long as every other
 * packet to it follows {@link #catchUp}, or {@link #flush} if the packet is sent to all.
 *
 * <p>INVARIANT: every method is called with the room's monitor held.
 */
final class Announcements {
    /** Short enough that nobody notices a late name, and long enough for a storm to pass in a few windows. */
    private static final Duration WINDOW = Duration.ofMillis(50);

    /** Limits the waiting announcements to some 30 KB. A longer piece would hardly cost less per packet. */
    private static final int MAX_WAITING = 256;

    private final Runnable beforeAll;
    private final Supplier<Audience> members;
    private final Broadcasts broadcasts;
    private final Window window;
    private final List<EncodedEvent> waiting = new ArrayList<>();
    private Map<SocketIOClient, Integer> toldUpTo = new HashMap<>(); // how many of the waiting ones; absent for none

    /**
     * @param monitor the room's monitor
     * @param beforeAll runs before announcements are sent to all members
     * @param members supplies the members of the room
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
        this.window = new Window(monitor, () -> WINDOW, this::flush, timer);
    }

    /** A new member sees the room as it is now. */
    void entered(SocketIOClient member) {
        markTold(member);
    }

    /** The client is no longer a member. */
    void left(SocketIOClient member) {
        toldUpTo.remove(member);
    }

    /** Announces an arrival or departure to all members. */
    void announce(EncodedEvent event) {
        waiting.add(event);
        settle();
    }

    /** Like {@link #announce}, but to all members except the one that it is about. */
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

    /** Sends one member the announcements that wait for it. */
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

    /** Sends all waiting announcements; returns false if none wait. */
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
        toldUpTo = new HashMap<>(); // the old one's keys may still be in use
        return true;
    }

    private EncodedEvent waitingFrom(int from) {
        return from == waiting.size() - 1
                ? waiting.get(from)
                : broadcasts.inOnePiece(waiting.subList(from, waiting.size()));
    }
}
