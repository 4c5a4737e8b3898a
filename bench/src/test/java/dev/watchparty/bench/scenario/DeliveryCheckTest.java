package dev.watchparty.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeliveryCheckTest {
    private final DeliveryCheck deliveries = new DeliveryCheck(2, 1, 3);

    private void receive(int user, int... broadcasts) {
        for (int broadcast : broadcasts) {
            deliveries.received(user, broadcast, TimeUnit.MILLISECONDS.toNanos(user + 1));
        }
    }

    @Test
    void eachOnceAndInOrderIsRight() {
        receive(0, 0, 1, 2);
        assertThat(deliveries.complete()).isNotDone();
        receive(1, 0, 1, 2);
        assertThat(deliveries.complete()).isCompleted();
        deliveries.check();
    }

    @Test
    void lostMessageIsAFault() {
        receive(0, 0, 1, 2);
        receive(1, 0, 2);
        assertThatThrownBy(deliveries::check)
                .hasMessage("5 of 6 messages delivered, 1 out of order: client 1 got broadcast 2 (expected: 1)");
    }

    @Test
    void missingLastMessageIsAFault() {
        receive(0, 0, 1, 2);
        receive(1, 0, 1);
        assertThatThrownBy(deliveries::check).hasMessageStartingWith("5 of 6 messages delivered");
    }

    @Test
    void repeatedMessageIsAFault() {
        receive(0, 0, 1, 2);
        receive(1, 0, 1, 1, 2);
        assertThatThrownBy(deliveries::check).hasMessageStartingWith("7 of 6 messages delivered, 1 out of order");
    }

    @Test
    void messagesInAnotherOrderAreAFault() {
        receive(0, 0, 1, 2);
        receive(1, 0, 2, 1);
        assertThatThrownBy(deliveries::check).hasMessageContaining("out of order");
    }

    @Test
    void messageOfAnotherPhaseIsAFault() {
        receive(0, 0, 1, 2);
        receive(1, 0, 1, 2, 7);
        assertThatThrownBy(deliveries::check).hasMessageContaining("client 1 got broadcast 7 (expected: 3)");
    }

    @Test
    void latenciesCountFromTheIntendedTime() {
        for (int broadcast = 0; broadcast < 3; broadcast++) {
            deliveries.sending(0, broadcast, TimeUnit.MICROSECONDS.toNanos(500));
        }
        receive(0, 0, 1, 2);
        receive(1, 0, 1, 2);
        assertThat(deliveries.medianOverBroadcasts(50)).isBetween(0.499, 0.501);
        assertThat(deliveries.medianOverBroadcasts(100)).isBetween(1.499, 1.501);
    }

    @Test
    void oneSlowMessageIsTheWorst() {
        receive(0, 0, 1, 2);
        receive(1, 0, 1);
        deliveries.received(1, 2, TimeUnit.MILLISECONDS.toNanos(700));
        assertThat(deliveries.medianOverBroadcasts(100)).isBetween(1.999, 2.001);
        assertThat(deliveries.worst()).isEqualTo(700);
    }

    @Test
    void roomsAreCheckedOneByOne() {
        DeliveryCheck rooms = new DeliveryCheck(5, 2, 2);
        for (int user = 0; user < 5; user++) {
            rooms.received(user, 0, 0);
            rooms.received(user, 1, 0);
        }
        assertThat(rooms.complete()).isCompleted();
        rooms.check();
    }
}
