package dev.watchparty.server.session;

import java.util.concurrent.TimeUnit;

/** The one clock that positions are measured by. */
@FunctionalInterface
public interface ServerClock {
    /** Now, ms since the epoch; never less than it was before. */
    long millis();

    /**
     * A clock that reads the wall once, now, and counts on monotonically from there. Guarantees that a step of the wall
     * clock moves no video.
     */
    static ServerClock anchored() {
        long wall = System.currentTimeMillis();
        long anchor = System.nanoTime();
        return () -> wall + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - anchor);
    }
}
