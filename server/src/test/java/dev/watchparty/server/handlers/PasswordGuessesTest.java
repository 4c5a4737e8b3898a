package dev.watchparty.server.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.session.Credentials;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionException;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordGuessesTest {
    private static final RoomId ROOM = new RoomId("film-night");
    private static final RoomId OTHER_ROOM = new RoomId("other");
    private static final AddressKey ADDRESS = new AddressKey(1);
    private static final AddressKey OTHER_ADDRESS = new AddressKey(2);

    private final AtomicLong nanos = new AtomicLong();
    private final TimeMeter time = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };
    private final PasswordGuesses guesses = new PasswordGuesses(true, time);

    @Test
    void addressHasTenGuessesAMinuteInARoom() {
        assertThat(compared(ROOM, ADDRESS, 1000)).isEqualTo(10);
        assertThat(compared(OTHER_ROOM, ADDRESS, 1000)).isEqualTo(10);
        assertThat(compared(ROOM, OTHER_ADDRESS, 1000)).isEqualTo(10);

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(compared(ROOM, ADDRESS, 1000)).isEqualTo(10);
    }

    @Test
    void rightPasswordsOfANetworkAreNoGuesses() {
        IntStream.range(0, 100).forEach(person -> {
            assertThat(guesses.mayCompare(ROOM, ADDRESS)).isTrue();
            guesses.right(ROOM, ADDRESS);
        });
    }

    @Test
    void addressThatComparesWithoutEndIsStoppedEvenIfItIsRight() {
        long compared = IntStream.range(0, 1000)
                .filter(i -> {
                    boolean mayCompare = guesses.mayCompare(ROOM, ADDRESS);
                    guesses.right(ROOM, ADDRESS);
                    return mayCompare;
                })
                .count();

        assertThat(compared).isEqualTo(200);
        assertThat(guesses.mayCompare(ROOM, OTHER_ADDRESS)).isTrue();
    }

    @Test
    void passwordThatIsNotComparedIsNoGuess() {
        IntStream.range(0, 20).forEach(room -> compared(new RoomId("room-" + room), ADDRESS, 10));
        assertThat(compared(ROOM, ADDRESS, 1000)).isZero();

        nanos.addAndGet(Duration.ofSeconds(3).toNanos()); // ten more comparisons, and half a guess in each room
        assertThat(compared(ROOM, ADDRESS, 10)).isEqualTo(10);
    }

    @Test
    void limitsThatAreOffAllowEveryGuess() {
        PasswordGuesses off = new PasswordGuesses(false, time);

        assertThat(IntStream.range(0, 1000).allMatch(i -> off.mayCompare(ROOM, ADDRESS)))
                .isTrue();
    }

    @Test
    void passwordThatWasNotComparedIsNotCalledWrong() {
        Credentials tooMany = new Credentials("p", Optional.empty(), PasswordGuesses.notCompared());
        Credentials wrong = new Credentials("p", Optional.empty(), Optional.of(""));
        SessionException refusal = new SessionException(RequestErrorCode.WRONG_PASSWORD, "another one");
        SessionException locked = new SessionException(RequestErrorCode.ROOM_LOCKED, "locked");

        assertThat(PasswordGuesses.reasonOf(new CompletionException(refusal), tooMany))
                .isInstanceOfSatisfying(SessionException.class, reason -> assertThat(reason.code())
                        .isEqualTo(RequestErrorCode.RATE_LIMITED));
        assertThat(PasswordGuesses.reasonOf(refusal, wrong)).isSameAs(refusal);
        assertThat(PasswordGuesses.reasonOf(locked, tooMany)).isSameAs(locked);
    }

    private long compared(RoomId room, AddressKey address, int attempts) {
        return IntStream.range(0, attempts)
                .filter(i -> guesses.mayCompare(room, address))
                .count();
    }
}
