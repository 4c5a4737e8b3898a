package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * How long a store expects sockets that were lost, and how many of them.
 *
 * @param length time after the loss, > 0
 * @param maxRemembered sockets that have left their rooms after a loss, >= 1
 */
public record RecoveryWindow(Duration length, int maxRemembered) {
    public RecoveryWindow {
        checkArgument(!length.isNegative() && !length.isZero(), "window: %s (expected: > 0)", length);
        checkArgument(maxRemembered >= 1, "maxRemembered: %s (expected: >= 1)", maxRemembered);
    }
}
