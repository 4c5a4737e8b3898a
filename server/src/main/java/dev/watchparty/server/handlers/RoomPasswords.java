package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.identity.Passwords;
import dev.watchparty.server.session.RoomId;
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
    private final PasswordGuesses guesses;

    @Inject
    RoomPasswords(SessionStore store, Passwords passwords, PasswordGuesses guesses) {
        this.store = requireNonNull(store, "store is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
        this.guesses = requireNonNull(guesses, "guesses is null");
    }

    /**
     * Returns what {@link dev.watchparty.server.session.Credentials} say of the password.
     *
     * @param address of the client, which has a bounded number of guesses
     */
    CompletionStage<Optional<String>> check(Handshake handshake, AddressKey address) {
        if (handshake.password().isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return store.settings(handshake.room())
                .thenCompose(settings -> settings.password().isEmpty()
                        ? CompletableFuture.completedStage(Optional.empty())
                        : check(
                                handshake.room(),
                                address,
                                settings.password().get(),
                                handshake.password().get()));
    }

    private CompletionStage<Optional<String>> check(
            RoomId room, AddressKey address, RoomPassword expected, String typed) {
        if (!guesses.mayCompare(room, address)) {
            return CompletableFuture.completedStage(PasswordGuesses.notCompared());
        }
        return passwords.isRight(expected, typed).thenApply(isRight -> {
            if (isRight) {
                guesses.right(room, address);
            } else {
                guesses.wrong(room, address);
            }
            return Optional.of(isRight ? expected.hash() : WRONG);
        });
    }
}
