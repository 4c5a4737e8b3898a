package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.limits.AttemptLimit;
import dev.watchparty.server.limits.LimitsConfig;
import dev.watchparty.server.limits.MinuteRate;
import dev.watchparty.server.limits.SharedLimits;
import dev.watchparty.server.session.Credentials;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionException;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Bounds how many wrong passwords each address tries in each room. Beyond that, no password is compared. */
@Singleton
final class PasswordGuesses {
    private static final MinuteRate RATE = new MinuteRate(10, 10);

    /** Of one address in all rooms of this node, right ones too: a comparison keeps everybody else's waiting. */
    private static final MinuteRate COMPARISONS = new MinuteRate(200, 200);

    /** Stands in {@link Credentials#passwordHash} for a password that was not compared; no hash is like it. */
    private static final Optional<String> NOT_COMPARED = Optional.of("not compared");

    private final AttemptLimit<Guesser> limit;
    private final AttemptLimit<AddressKey> comparisons;

    private record Guesser(RoomId room, AddressKey address) {
        Guesser {
            requireNonNull(room, "room is null");
            requireNonNull(address, "address is null");
        }
    }

    @Inject
    PasswordGuesses(LimitsConfig limits, SharedLimits shared) {
        this(
                AttemptLimit.of(
                        limits,
                        RATE,
                        (guesser, count) ->
                                shared.count("passwords-of-" + guesser.room(), guesser.address(), RATE, count),
                        TimeMeter.SYSTEM_NANOTIME),
                new AttemptLimit<>(limits.enabled(), COMPARISONS, TimeMeter.SYSTEM_NANOTIME));
    }

    PasswordGuesses(boolean enabled, TimeMeter time) {
        this(new AttemptLimit<>(enabled, RATE, time), new AttemptLimit<>(enabled, COMPARISONS, time));
    }

    private PasswordGuesses(AttemptLimit<Guesser> limit, AttemptLimit<AddressKey> comparisons) {
        this.limit = limit;
        this.comparisons = comparisons;
    }

    /**
     * Whether a password may be compared. It counts as a wrong one on this node until {@link #right} is called, and on the
     * others from {@link #wrong} on.
     */
    boolean mayCompare(RoomId room, AddressKey address) {
        Guesser guesser = new Guesser(room, address);
        if (!limit.begin(guesser).isZero()) {
            return false;
        }
        boolean mayCompare = comparisons.attempt(address).isZero();
        if (!mayCompare) {
            limit.forgive(guesser);
        }
        return mayCompare;
    }

    /** The password that was compared is the right one. */
    void right(RoomId room, AddressKey address) {
        limit.forgive(new Guesser(room, address));
    }

    /** The password that was compared is another one. */
    void wrong(RoomId room, AddressKey address) {
        limit.count(new Guesser(room, address));
    }

    /** Stands in {@link Credentials} for a password that may not be compared. */
    static Optional<String> notCompared() {
        return NOT_COMPARED;
    }

    /** Gives the true reason of a refusal to a client whose password was not compared. */
    static Throwable reasonOf(Throwable refusal, Credentials credentials) {
        boolean isGuess = credentials.passwordHash().equals(NOT_COMPARED)
                && SessionException.reasonOf(refusal) instanceof SessionException reason
                && reason.code() == RequestErrorCode.WRONG_PASSWORD;
        return isGuess
                ? new SessionException(
                        RequestErrorCode.RATE_LIMITED,
                        "too many wrong passwords from your network; try again in a minute")
                : refusal;
    }
}
