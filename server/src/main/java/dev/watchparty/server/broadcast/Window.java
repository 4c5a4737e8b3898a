package dev.watchparty.server.broadcast;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Gathers items that follow each other closely: an item after a quiet time is sent at once and opens the window; items
 * within the window are sent at its end, which opens the next one.
 *
 * <p>INVARIANT: every method is called with the room's monitor held, except the one that the timer calls, which takes
 * it.
 */
final class Window {
    private final Object monitor;
    private final Duration length;
    private final BooleanSupplier flush;
    private final ScheduledExecutorService timer;
    private boolean open;

    /**
     * @param monitor the room's monitor
     * @param length zero if nothing must be gathered
     * @param flush sends the waiting items, and returns whether there were any
     */
    Window(Object monitor, Duration length, BooleanSupplier flush, ScheduledExecutorService timer) {
        this.monitor = monitor;
        this.length = length;
        this.flush = flush;
        this.timer = timer;
    }

    boolean isOpen() {
        return open;
    }

    /** Sends the waiting items, and opens the window if there were any. */
    void flushAndOpen() {
        if (flush.getAsBoolean() && !length.isZero()) {
            open = true;
            timer.schedule(this::end, length.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void end() {
        synchronized (monitor) {
            open = false;
            flushAndOpen();
        }
    }
}
