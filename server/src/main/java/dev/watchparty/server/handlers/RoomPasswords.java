package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.identity.Passwords;
import dev.watchparty.server.session.RoomPassword;
import dev.watchparty.server.session.SessionStore;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Compares the password that a client sends with that of the room which it wants to enter. */
final class RoomPasswords {
    private static final String WRONG = "";

    private final SessionStore store;
    private final Passwords passwords;

    @Inject
    RoomPasswords(SessionStore store, Passwords passwords) {
        this.store = requireNonNull(store, "store is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
    }

    /** Returns what {@link dev.watchparty.server.session.Credentials} say of the password. */
    CompletionStage<Optional<String>> check(Handshake handshake) {
        if (handshake.password().isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return store.settings(handshake.room())
                .thenCompose(settings -> settings.password().isEmpty()
                        ? CompletableFuture.completedStage(Optional.empty())
                        : check(settings.password().get(), handshake.password().get()));
    }

    private CompletionStage<Optional<String>> check(RoomPassword expected, String typed) {
        return passwords.isRight(expected, typed).thenApply(isRight -> Optional.of(isRight ? expected.hash() : WRONG));
    }
}
