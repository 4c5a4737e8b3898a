package dev.watchparty.server.eventloop;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * Gathers items that follow each other closely: an item after a quiet time is sent at once and opens the window; items
 * within the window are sent at its end, which opens the next one. An item after a quiet time may wait for the end too.
 *
 * <p>INVARIANT: every method is called with the monitor held, except the one that the timer calls, which takes it.
 */
@API(status = API.Status.INTERNAL)
public final class Window {
    private final Object monitor;
    private final Supplier<Duration> length;
    private final BooleanSupplier flush;
    private final ScheduledExecutorService timer;
    private boolean open;

    /**
     * @param monitor guards the items
     * @param length of the next window; zero if nothing must be gathered
     * @param flush sends the waiting items, and returns whether there were any
     */
    public Window(Object monitor, Supplier<Duration> length, BooleanSupplier flush, ScheduledExecutorService timer) {
        this.monitor = monitor;
        this.length = length;
        this.flush = flush;
        this.timer = timer;
    }

    public boolean isOpen() {
        return open;
    }

    /** Sends the waiting items, and opens the window if there were any. */
    public void flushAndOpen() {
        if (flush.getAsBoolean()) {
            open();
        }
    }

    /** Opens the window, so that the waiting items are sent at its end. */
    public void open() {
        long millis = length.get().toMillis();
        if (millis > 0) {
            open = true;
            timer.schedule(this::end, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void end() {
        synchronized (monitor) {
            open = false;
            flushAndOpen();
        }
    }
}
