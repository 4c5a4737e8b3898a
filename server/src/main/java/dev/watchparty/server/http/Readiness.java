package dev.watchparty.server.http;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

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

    /** Ready if all are; otherwise the reason holds that of each which is not. */
    static Readiness all(List<Readiness> parts) {
        List<Readiness> copy = List.copyOf(parts);
        return () -> {
            List<CompletableFuture<Optional<String>>> checks = copy.stream()
                    .map(part -> part.check().toCompletableFuture())
                    .toList();
            return CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new))
                    .thenApply(done -> reasons(checks));
        };
    }

    private static Optional<String> reasons(List<CompletableFuture<Optional<String>>> checks) {
        String reasons = checks.stream()
                .map(check -> check.join().orElse(null))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(reasons);
    }
}
