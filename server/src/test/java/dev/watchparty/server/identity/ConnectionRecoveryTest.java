package dev.watchparty.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.TestingClock;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.memory.TestingMemoryStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests tickets with the real store in memory. */
class ConnectionRecoveryTest {
    private static final String ALICE = "alice-alice-alice-20";
    private static final RoomId ROOM = new RoomId("film-night");
    private static final TicketSecret SECRET = new TicketSecret("0123456789abcdef0123456789abcdef");

    private final TestingClock clock = new TestingClock(1000);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final PresenceStore presence = TestingMemoryStore.create(clock, timer);
    private final ConnectionRecovery recovery = recovery(true, SECRET);
    private final String ticket = recovery.ticket(ROOM, ALICE, ALICE).orElseThrow();

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void ownerThatIsPresentOrWasLostIsRecognised() {
        Visitor visitor = enter();
        assertThat(recognise(ROOM, ticket)).contains(ALICE);

        presence.lose(ROOM, visitor);
        assertThat(recognise(ROOM, ticket)).contains(ALICE);
        presence.leave(ROOM, visitor);
        assertThat(recognise(ROOM, ticket)).contains(ALICE);
        clock.advance(120_000);
        assertThat(recognise(ROOM, ticket)).isEmpty();
    }

    @Test
    void ticketIsWorthlessInAnotherRoomAndAfterItsOwnerLeft() {
        assertThat(recognise(ROOM, ticket)).isEmpty();
        Visitor visitor = enter();
        assertThat(recognise(RoomId.DEFAULT, ticket)).isEmpty();

        presence.leave(ROOM, visitor);
        assertThat(recognise(ROOM, ticket)).isEmpty();
    }

    @Test
    void ticketOfAnotherSecretIsNotRecognised() {
        enter();
        ConnectionRecovery other = recovery(true, new TicketSecret("fedcba9876543210fedcba9876543210"));

        assertThat(recognise(ROOM, other.ticket(ROOM, ALICE, ALICE).orElseThrow()))
                .isEmpty();
        assertThat(recognise(ROOM, "nonsense")).isEmpty();
    }

    @Test
    void noClientGetsATicketOrIsRecognisedWhenSwitchedOff() {
        enter();
        ConnectionRecovery off = recovery(false, SECRET);

        assertThat(off.ticket(ROOM, ALICE, ALICE)).isEmpty();
        assertThat(off.recognise(ROOM, Optional.of(ticket)).toCompletableFuture())
                .isCompletedWithValue(Optional.empty());
    }

    private Visitor enter() {
        return presence.enter(ROOM, new Arrival(ALICE, 1, true))
                .toCompletableFuture()
                .join();
    }

    private Optional<String> recognise(RoomId room, String presented) {
        return recovery.recognise(room, Optional.of(presented))
                .toCompletableFuture()
                .join()
                .map(ConnectionRecovery.Returned::socketId);
    }

    private ConnectionRecovery recovery(boolean enabled, TicketSecret secret) {
        RecoveryConfig config =
                new RecoveryConfig(enabled, TestingMemoryStore.WINDOW, Duration.ofSeconds(15), Optional.empty());
        return new ConnectionRecovery(config, secret, presence);
    }
}
