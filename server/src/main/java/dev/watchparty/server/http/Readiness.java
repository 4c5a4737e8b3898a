package dev.watchparty.server.http;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/** Whether the server is ready for users now: it accepts connections, reaches its store, is not shutting down. */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface Readiness {
    /**
     * Checks now, without blocking. Completes empty if ready, or with the reason why not, in words for an operator:
     * {@code "shutting down"}. Every client may read this text, so it names no address and no secret. A failed stage is
     * logged and shown only as a failed check. A stage that does not complete in time counts as not ready, and no new
     * check starts while it runs.
     */
    CompletionStage<Optional<String>> check();
}
