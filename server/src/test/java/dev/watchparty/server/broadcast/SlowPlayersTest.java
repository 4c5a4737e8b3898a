package dev.watchparty.server.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.RoomId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlowPlayersTest {
    private static final long NOW = 1_000_000;

    private final SlowPlayers players = new SlowPlayers();

    @ParameterizedTest
    @CsvSource({"-1.2, 0", "-0.2, 0", "0.2, 0", "0.4,", "0.7,", "0.8, 0.95", "1.0, 1.05", "2.9, 1.25"})
    void pageIsSentAheadOnlyIfItWouldJumpAnyway(double lag, Double lead) {
        players.started("ann", NOW);

        OptionalDouble answer = players.reported("bob", lag, NOW + 1000);

        assertThat(answer.isPresent()).isEqualTo(lead != null);
        answer.ifPresent(sent -> assertThat(sent).isCloseTo(lead, within(1e-9)));
    }

    @Test
    void expectedStartTimeComesFromEarlierStarts() {
        players.started("ann", NOW);
        double first = players.reported("bob", 2.5, NOW + 2200).orElseThrow();
        double second = players.reported("bob", 2.5 - first, NOW + 4700).orElseThrow();

        assertThat(first).isEqualTo(1.25);
        assertThat(second).isBetween(2.0, 2.5);
    }

    @Test
    void pageThatLeftIsForgotten() {
        players.started("ann", NOW);
        players.reported("bob", 2.5, NOW + 2200);
        players.left("bob");
        players.started("ann", NOW + 9000);

        double lead = players.reported("bob", 0.8, NOW + 10_000).orElseThrow();
        assertThat(lead).isCloseTo(0.95, within(1e-9));
    }

    @Test
    void heartbeatSkipsOnlyPlayersThatAreStarting() {
        players.started("ann", NOW);

        assertThat(spared(NOW + 200)).isFalse();
        assertThat(spared(NOW + 300)).isTrue();
        assertThat(spared(NOW + 2200)).isTrue();
        assertThat(spared(NOW + 2300)).isFalse();
        players.sent("bob", NOW + 3000);
        assertThat(spared(NOW + 3001)).isTrue();
        players.stopped();
        assertThat(spared(NOW + 3002)).isFalse();
    }

    @Test
    void clientsThatSendOnlyCommandsOfAPersonGetEveryHeartbeat() {
        players.started("ann", NOW);

        assertThat(players.among(List.of(member("bob", false)), NOW + 1000)).isEmpty();
    }

    /** Each player's starts differ as widely as those that were observed of slow players. */
    @Test
    void slowPlayersJumpAtMostOnceFreshOrNot() {
        Random random = new Random(7);
        for (int party = 0; party < 2000; party++) {
            Page page = new Page(random, party % 2 == 0);

            page.play();

            assertThat(page.jumps).as("jumps in party %d", party).isLessThanOrEqualTo(1);
        }
    }

    private boolean spared(long now) {
        return !players.among(List.of(member("bob", true)), now).isEmpty();
    }

    private static Member member(String socketId, boolean echoes) {
        return new Member(
                TestingBroadcasts.client(socketId),
                RoomId.DEFAULT,
                new Arrival(socketId, 1, echoes),
                PartyDialect.of(1),
                Optional.empty());
    }

    /** Simulates an original page and its player from a play until ten heartbeats later. */
    private static final class Page {
        private final SlowPlayers players = new SlowPlayers();
        private final Member member = member("bob", true);
        private final Random random;
        private final boolean fresh;
        private double position;
        private long startsAt; // in ms after the play
        private boolean plays;
        private int jumps;

        Page(Random random, boolean fresh) {
            this.random = random;
            this.fresh = fresh;
        }

        void play() {
            players.started("ann", NOW);
            startsAt = start();
            int phase = random.nextInt(1000);
            for (int millis = 0; millis < 10_000; millis++) {
                if (!plays && millis == startsAt) {
                    plays = true;
                    report(millis);
                }
                if (millis % 1000 == phase) {
                    beat(millis);
                }
                position += plays ? 0.001 : 0;
            }
        }

        private void report(int millis) {
            double room = millis / 1000.0;
            players.reported("bob", room - position, NOW + millis).ifPresent(lead -> sync(room + lead, millis));
        }

        private void beat(int millis) {
            if (players.among(Set.of(member), NOW + millis).isEmpty()) {
                sync(millis / 1000.0, millis);
            }
        }

        private void sync(double target, int millis) {
            double tolerance = fresh && millis < 5000 ? 0.3 : 0.8;
            if (Math.abs(target - position) > tolerance) {
                jumps++;
                position = target;
                plays = false;
                startsAt = millis + start();
            }
        }

        /** 500 to 1500 ms, after the 50 to 200 ms in which the player accepts the command. */
        private long start() {
            return 550L + random.nextInt(1150);
        }
    }
}
