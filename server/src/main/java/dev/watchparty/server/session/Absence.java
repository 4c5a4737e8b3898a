package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The time between the loss of a socket's connection and its return, both in ms since the epoch.
 *
 * @param lostAt when the server noticed the loss
 * @param backAt when the socket came back
 */
public record Absence(long lostAt, long backAt) {
    public Absence {
        checkArgument(backAt >= lostAt, "backAt: %s (expected: >= lostAt, %s)", backAt, lostAt);
    }
}
