package dev.watchparty.server.broadcast;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionEvent.Revived;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.socketio.Broadcasts;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * Notifies the sockets of this node of the events in their rooms.
 *
 * <p>It guarantees that each socket receives its room's changes in the order of their numbers: an event is sent while
 * its {@link LocalRoom} is locked, and so is every other message to the room.
 */
@API(status = API.Status.INTERNAL)
@Singleton
public final class Broadcaster implements SessionListener {
    private final Broadcasts broadcasts;
    private final Members members;
    private final ServerClock clock;
    private final BroadcastFixes fixes;
    private final ScheduledExecutorService timer;
    private final Duration greetingWindow;
    private final int maxListed;
    private final Map<RoomId, LocalRoom> rooms = new ConcurrentHashMap<>();

    @Inject
    Broadcaster(
            Broadcasts broadcasts,
            Members members,
            ServerClock clock,
            BroadcastFixes fixes,
            ScheduledExecutorService timer,
            RoomLimits limits) {
        this(broadcasts, members, clock, fixes, timer, Greetings.WINDOW, limits.maxListed());
    }

    Broadcaster(
            Broadcasts broadcasts,
            Members members,
            ServerClock clock,
            BroadcastFixes fixes,
            ScheduledExecutorService timer,
            Duration greetingWindow,
            int maxListed) {
        this.broadcasts = requireNonNull(broadcasts, "broadcasts is null");
        this.members = requireNonNull(members, "members is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.fixes = requireNonNull(fixes, "fixes is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.greetingWindow = requireNonNull(greetingWindow, "greetingWindow is null");
        this.maxListed = maxListed;
    }

    @Override
    public void entered(Entered event) {
        // No thread removes the room before it is locked here: the store reports the events of a room one after the
        // other.
        LocalRoom room = rooms.computeIfAbsent(
                event.room(), id -> new LocalRoom(broadcasts, clock, fixes, timer, greetingWindow, maxListed));
        synchronized (room) {
            // A member that disconnects meanwhile is forgotten when this lock is free. A member that has disconnected
            // before, or belongs to another node, is not found. Its socket has left its earlier connection all the
            // same.
            Optional<Member> entered = members.find(event.visitor().arrival());
            Optional<Member> before = entered.isPresent()
                    ? room.enter(entered.get(), event.snapshot())
                    : room.expel(event.visitor().socketId());
            before.ifPresent(Member::replace);
            removeIfEmpty(event.room(), room);
        }
    }

    @Override
    public void joined(Joined event) {
        inRoom(event, room -> room.join(event.participant(), event.snapshot()));
    }

    @Override
    public void left(Left event) {
        inRoom(event, room -> room.leave(event.socketId(), event.participant()));
    }

    @Override
    public void reported(Reported event) {
        inRoom(event, room -> room.report(event));
    }

    @Override
    public void revived(Revived event) {
        // A change follows, which carries the state of the session.
    }

    @Override
    public void changed(Changed event) {
        inRoom(event, room -> room.change(event.state(), event.changes()));
    }

    @Override
    public void corrected(Corrected event) {
        inRoom(event, room -> room.correct(event));
    }

    private void inRoom(SessionEvent event, Consumer<LocalRoom> action) {
        LocalRoom room = rooms.get(event.room());
        if (room == null) {
            return;
        }
        synchronized (room) {
            action.accept(room);
            removeIfEmpty(event.room(), room);
        }
    }

    private void removeIfEmpty(RoomId id, LocalRoom room) {
        if (room.isEmpty()) {
            rooms.remove(id, room);
        }
    }

    /**
     * Sends nothing more to a member that has disconnected. Its participant may stay in the room for the grace. The
     * member must not, because it holds everything that the transport knew about the connection.
     */
    public void forget(Member gone) {
        LocalRoom room = rooms.get(gone.room());
        if (room != null) {
            synchronized (room) {
                room.forget(gone); // the room stays, even if empty, until the participants have left
            }
        }
    }

    /** Sends every playing room its position. Sockets that cannot receive it now skip it. */
    void beat() {
        for (LocalRoom room : rooms.values()) {
            synchronized (room) {
                room.beat();
            }
        }
    }
}
