package dev.watchparty.server.session;

import java.util.concurrent.TimeUnit;

/** The one clock by which positions are measured. */
@FunctionalInterface
public interface ServerClock {
    /** The current time, ms since the epoch; it never decreases. */
    long millis();

    /**
     * Returns a clock that reads the wall clock once, now, and counts monotonically from there. It guarantees that a
     * step of the wall clock moves no video.
     */
    static ServerClock anchored() {
        long wall = System.currentTimeMillis();
        long anchor = System.nanoTime();
        return () -> wall + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - anchor);
    }
}
