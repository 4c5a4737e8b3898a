package dev.watchparty.server.broadcast;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Shows the room to those who come or join, many at once when many do: the whole list of a crowd is written once for all
 * of them, and not once for each.
 *
 * <p>Who comes after a quiet time is greeted at once, and opens a window; who comes within the window waits for its end.
 * Each is greeted as if it had come that much later, as long as {@link #flush} goes before whatever else is said in the
 * room.
 *
 * <p>INVARIANT: every method is called with the room's monitor held.
 */
final class Greetings {
    /** As long as what follows a client's CONNECT is held back anyway. */
    static final Duration WINDOW = Duration.ofMillis(5);

    private final Consumer<Collection<Greeting>> greeter;
    private final Window window;
    private final Map<String, Greeting> waiting = new LinkedHashMap<>(); // at most one for each member

    /**
     * A member to be greeted.
     *
     * @param comes whether it has just come, and has not joined by this
     */
    record Greeting(Member member, boolean comes) {}

    /**
     * @param monitor the room's
     * @param greeter shows the room to some, none of them twice
     * @param length of the window; zero if nobody is to wait
     */
    Greetings(Object monitor, Consumer<Collection<Greeting>> greeter, ScheduledExecutorService timer, Duration length) {
        this.greeter = greeter;
        this.window = new Window(monitor, length, this::flush, timer);
    }

    /** Greets all who wait, if this one does. */
    void flushFor(String socketId) {
        if (waiting.containsKey(socketId)) {
            flush();
        }
    }

    /** Greets a member that does not wait already, now or soon. */
    void add(Member member, boolean comes) {
        waiting.put(member.socketId(), new Greeting(member, comes));
        if (!window.isOpen()) {
            window.flushAndOpen();
        }
    }

    /** A member is none any more. */
    void remove(Member member) {
        waiting.remove(member.socketId());
    }

    /** Greets all who wait; false if nobody does. */
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
