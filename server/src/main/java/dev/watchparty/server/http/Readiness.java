package dev.watchparty.server.http;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Whether the server should be sent users now: it accepts connections, reaches its store, is not shutting down. */
@FunctionalInterface
public interface Readiness {
    /**
     * Looks now, without blocking. Empty if ready, else the reason why not, in words for an operator:
     * {@code "shutting down"}. It is shown to anybody who asks, so it names no address and no secret; a failed stage is
     * logged and shown only as a failed check. A stage that does not complete in time counts as not ready, and is not asked
     * again while it runs.
     */
    CompletionStage<Optional<String>> check();
}
