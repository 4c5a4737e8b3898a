package dev.watchparty.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.TestingContract;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EventKindTest {
    @Test
    void everyEventOfTheContractHasItsOwnLimit() {
        Set<String> events = new TreeSet<>(TestingContract.fromClients());
        assertThat(events.remove(SocketEvents.PING)).isTrue(); // limited together with the events outside the contract

        assertThat(events).isNotEmpty().allSatisfy(event -> assertThat(EventKind.of(event))
                .isNotEqualTo(EventKind.OTHER));
    }
}
