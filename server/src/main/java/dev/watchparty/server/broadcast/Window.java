package dev.watchparty.server.broadcast;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Gathers what comes shortly after something: what comes after a quiet time goes out at once and opens the window, what
 * comes within it goes out at its end, which opens the next one.
 *
 * <p>INVARIANT: every method is called with the room's monitor held, but for the one that the timer calls, which takes it.
 */
final class Window {
    private final Object monitor;
    private final Duration length;
    private final BooleanSupplier flush;
    private final ScheduledExecutorService timer;
    private boolean open;

    /**
     * @param monitor the room's
     * @param length zero if nothing is to be gathered
     * @param flush lets out what waits, and returns whether anything did
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

    /** Lets out what waits, and opens the window if anything did. */
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
