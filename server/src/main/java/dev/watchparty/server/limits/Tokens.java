package dev.watchparty.server.limits;

import java.time.Duration;

/** A token bucket. It may be used by any thread. */
interface Tokens {
    /** Takes one; false if there is none. */
    boolean take();

    /** How long it takes until one is available, whole milliseconds; zero if one is available now. */
    Duration untilOne();
}
