package dev.watchparty.server.broadcast;

import dev.watchparty.server.eventloop.Window;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Greets members that enter or join with the state of the room, many at once when many do: the whole list of a crowd is
 * written once for all of them, and not once for each.
 *
 * <p>A client that arrives after a quiet time is greeted at once, and opens a window; a client that arrives within the
 * window waits for its end. Each is greeted as if it had arrived that much later, as long as {@link #flush} precedes
 * every other message in the room.
 *
 * <p>INVARIANT: every method is called with the room's monitor held.
 */
final class Greetings {
    /** As long as the packets after a client's CONNECT are held back anyway. */
    static final Duration WINDOW = Duration.ofMillis(5);

    private final Consumer<Collection<Greeting>> greeter;
    private final Window window;
    private final Map<String, Greeting> waiting = new LinkedHashMap<>(); // at most one for each member

    /**
     * A member to be greeted.
     *
     * @param comes whether it has just entered, rather than joined
     */
    record Greeting(Member member, boolean comes) {}

    /**
     * @param monitor the room's monitor
     * @param greeter greets some members, none of them twice
     * @param length of the window; zero if no member must wait
     */
    Greetings(Object monitor, Consumer<Collection<Greeting>> greeter, ScheduledExecutorService timer, Duration length) {
        this.greeter = greeter;
        this.window = new Window(monitor, () -> length, this::flush, timer);
    }

    /** Greets all waiting members, if this one waits. */
    void flushFor(String socketId) {
        if (waiting.containsKey(socketId)) {
            flush();
        }
    }

    /** Greets a member that does not wait yet, now or soon. */
    void add(Member member, boolean comes) {
        waiting.put(member.socketId(), new Greeting(member, comes));
        if (!window.isOpen()) {
            window.flushAndOpen();
        }
    }

    /** The client is no longer a member. */
    void remove(Member member) {
        waiting.remove(member.socketId());
    }

    /** Greets all waiting members; returns false if none wait. */
    boolean flush() {
        if (waiting.isEmpty()) {
            return false;
        }
        Collection<Greeting> greeted = List.copyOf(waiting.values());
        waiting.clear();
        greeter.accept(greeted);
        return true;
    }
}
