package dev.watchparty.server.http;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.CreateRoomRequest;
import dev.watchparty.protocol.CreatedRoom;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.SessionIdentity;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.engineio.RandomIds;
import dev.watchparty.server.identity.Identities;
import dev.watchparty.server.identity.Passwords;
import dev.watchparty.server.limits.AttemptLimit;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomPassword;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.session.SessionStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Creates rooms for people who ask for them.
 *
 * <p>INVARIANT: an address that asks as often as it can gets no more rooms than its rate allows, whatever it asks for, and
 * costs no more hashes of passwords.
 */
final class RoomCreation {
    /** 32 characters that are hard to confuse. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int RANDOM_CHARACTERS = 16;
    private static final int GROUP_CHARACTERS = 4;

    private final SessionStore store;
    private final Passwords passwords;
    private final Identities identities;
    private final ServerClock clock;
    private final AttemptLimit<AddressKey> limit;
    private final RandomGenerator random;

    /**
     * @param limit of each address
     * @param random makes names that nobody can guess
     */
    @Inject
    RoomCreation(
            SessionStore store,
            Passwords passwords,
            Identities identities,
            ServerClock clock,
            AttemptLimit<AddressKey> limit,
            RandomGenerator random) {
        this.store = requireNonNull(store, "store is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
        this.identities = requireNonNull(identities, "identities is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.random = requireNonNull(random, "random is null");
    }

    /** Creates a room. The stage fails with a {@link SessionException} if the room is refused. */
    CompletionStage<CreatedRoom> create(CreateRoomRequest wish, AddressKey client) {
        Optional<RoomId> named = wish.name().map(RoomId::chosen).orElseGet(() -> Optional.of(randomRoom()));
        if (named.isEmpty()) {
            return refused(RequestErrorCode.INVALID_ROOM, "name: expected 3 .. 40 letters, digits and -");
        }
        Duration wait = limit.attempt(client);
        if (!wait.isZero()) {
            return CompletableFuture.failedStage(new TooManyRoomsException(wait));
        }
        RoomId room = named.get();
        if (room.equals(RoomId.DEFAULT)) { // there are clients that enter it without its name
            return refused(RequestErrorCode.ROOM_TAKEN, "a room of that name exists");
        }
        String host = RandomIds.next();
        return hash(wish.password())
                .thenCompose(password -> store.create(room, settings(wish, host, password)))
                .thenCompose(isNew -> isNew
                        ? CompletableFuture.completedStage(created(room, host))
                        : refused(RequestErrorCode.ROOM_TAKEN, "a room of that name exists"));
    }

    /** 80 random bits, in groups that can be read aloud. */
    private RoomId randomRoom() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            if (i > 0 && i % GROUP_CHARACTERS == 0) {
                name.append('-');
            }
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RoomId(name.toString());
    }

    private CompletionStage<Optional<RoomPassword>> hash(Optional<String> password) {
        return password.isEmpty()
                ? CompletableFuture.completedStage(Optional.empty())
                : passwords.hash(password.get()).thenApply(Optional::of);
    }

    private RoomSettings settings(CreateRoomRequest wish, String host, Optional<RoomPassword> password) {
        RoomTitle title = wish.title().map(RoomTitle::of).orElse(RoomTitle.NONE);
        return RoomSettings.createdBy(host, title, password, clock.millis());
    }

    private CreatedRoom created(RoomId room, String host) {
        SessionIdentity identity = identities.issue(room, host, true);
        return new CreatedRoom(
                room.value(), RoomPath.of(room), identity.participantId(), identity.token(), identity.expiresAt());
    }

    private static <T> CompletionStage<T> refused(RequestErrorCode code, String message) {
        return CompletableFuture.failedStage(new SessionException(code, message));
    }
}
