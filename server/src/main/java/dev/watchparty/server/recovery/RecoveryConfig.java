package dev.watchparty.server.recovery;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How clients may come back.
 *
 * @param enabled whether they may at all
 * @param window for how long after it was lost, > 0
 * @param grace how long the others are not told that somebody was lost, 0 .. window
 * @param maxRemembered how many that were lost are remembered, >= 1
 * @param secret what tickets are signed with, at least 32 characters; empty for one of the server's own making
 * @param file where sessions are kept over a restart; empty for nowhere
 */
public record RecoveryConfig(
        boolean enabled,
        Duration window,
        Duration grace,
        int maxRemembered,
        Optional<String> secret,
        Optional<Path> file) {
    static final int MIN_SECRET = 32;

    public RecoveryConfig {
        checkArgument(!window.isNegative() && !window.isZero(), "window: %s (expected: > 0)", window);
        checkArgument(
                !grace.isNegative() && grace.compareTo(window) <= 0,
                "grace: %s (expected: 0 .. the window, %s)",
                grace,
                window);
        checkArgument(maxRemembered >= 1, "maxRemembered: %s (expected: >= 1)", maxRemembered);
        requireNonNull(secret, "secret is null");
        requireNonNull(file, "file is null");
        checkArgument(
                secret.isEmpty() || secret.get().length() >= MIN_SECRET,
                "secret: a text of %s characters (expected: at least %s)",
                secret.map(String::length).orElse(0),
                MIN_SECRET);
    }
}
