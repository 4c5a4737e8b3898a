package dev.watchparty.server.identity;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.watchparty.server.session.RecoveryWindow;
import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * How clients may come back after their connection was lost.
 *
 * @param enabled whether they may at all
 * @param window how long after the loss, and how many
 * @param grace how long after the loss a participant leaves, 0 .. window
 * @param secret signs tickets, at least 32 characters; empty for a secret that the server creates
 */
@API(status = API.Status.INTERNAL)
public record RecoveryConfig(boolean enabled, RecoveryWindow window, Duration grace, Optional<String> secret) {
    public RecoveryConfig {
        requireNonNull(window, "window is null");
        checkArgument(
                !grace.isNegative() && grace.compareTo(window.length()) <= 0,
                "grace: %s (expected: 0 .. the window, %s)",
                grace,
                window.length());
        requireNonNull(secret, "secret is null");
        secret.ifPresent(TicketSecret::new);
    }
}
