package dev.watchparty.server;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.http.Readiness;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.session.SessionStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The server is ready from the time it accepts connections until it begins to stop, as long as the store can be
 * reached.
 */
@Singleton
final class ServerReadiness implements Readiness {
    private final SessionStore store;
    private volatile Phase phase = Phase.STARTING;

    private enum Phase {
        STARTING,
        OPEN,
        STOPPING
    }

    @Inject
    ServerReadiness(SessionStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    void opened() {
        phase = Phase.OPEN;
    }

    void closing() {
        phase = Phase.STOPPING;
    }

    @Override
    public CompletionStage<Optional<String>> check() {
        return switch (phase) {
            case STARTING -> CompletableFuture.completedStage(Optional.of("starting"));
            case STOPPING -> CompletableFuture.completedStage(Optional.of("shutting down"));
            case OPEN ->
                store.ready()
                        .handle((ready, failure) -> Optional.ofNullable(failure).map(ServerReadiness::inWords));
        };
    }

    /** Only a store's own exceptions have a message that every client may read. */
    private static String inWords(Throwable failure) {
        Throwable cause = SessionException.reasonOf(failure);
        return cause instanceof SessionException refusal ? refusal.getMessage() : "the session store cannot be reached";
    }
}
