package dev.watchparty.server.broadcast;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Shows the room to those who come or join, many at once when many do: the whole list of a crowd is written once for all
 * of them, and not once for each.
 *
 * <p>Who comes after a quiet time is greeted at once, and opens a window; who comes within the window waits for its end.
 * Each is greeted as if it had come that much later, as long as {@link #flush} goes before whatever else is said in the
 * room.
 *
 * <p>INVARIANT: every method is called with the room's monitor held, but for those that the timer calls, which take it.
 */
final class Greetings {
    /** As long as what follows a client's CONNECT is held back anyway. */
    static final Duration WINDOW = Duration.ofMillis(5);

    private final Object monitor;
    private final Consumer<Collection<Greeting>> greeter;
    private final ScheduledExecutorService timer;
    private final Duration window;
    private final Map<String, Greeting> waiting = new LinkedHashMap<>(); // at most one for each member
    private boolean windowOpen;

    /**
     * A member to be greeted.
     *
     * @param comes whether it has just come, and has not joined by this
     */
    record Greeting(Connection member, boolean comes) {}

    /**
     * @param monitor the room's
     * @param greeter shows the room to some, none of them twice
     * @param window zero if nobody is to wait
     */
    Greetings(Object monitor, Consumer<Collection<Greeting>> greeter, ScheduledExecutorService timer, Duration window) {
        this.window = window;
        this.monitor = monitor;
        this.greeter = greeter;
        this.timer = timer;
    }

    /** Whether a member waits to be greeted. */
    boolean awaits(Connection member) {
        return waiting.containsKey(member.socketId());
    }

    /** Greets a member that does not wait already, now or soon. */
    void add(Connection member, boolean comes) {
        waiting.put(member.socketId(), new Greeting(member, comes));
        if (!windowOpen) {
            flush();
            openWindow();
        }
    }

    /** A member is none any more. */
    void remove(Connection member) {
        waiting.remove(member.socketId());
    }

    /** Greets all who wait. */
    void flush() {
        if (!waiting.isEmpty()) {
            Collection<Greeting> greeted = List.copyOf(waiting.values());
            waiting.clear();
            greeter.accept(greeted);
        }
    }

    private void openWindow() {
        if (window.isZero()) {
            return;
        }
        windowOpen = true;
        timer.schedule(this::endWindow, window.toMillis(), TimeUnit.MILLISECONDS);
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
}
