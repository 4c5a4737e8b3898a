package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.SubprotocolClient;
import dev.watchparty.it.testing.TestingParty;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that offer subprotocols with their WebSocket, and give up if the server chooses none. */
class SubprotocolTest {
    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void clientThatOffersSubprotocolsIsGivenTheFirst() {
        assertThat(SubprotocolClient.agree(party.server(), List.of("websocket"), List.of("v2.party", "v1.party")))
                .isEqualTo("v2.party");
    }

    @Test
    void clientThatUpgradesIsGivenOneToo() {
        assertThat(SubprotocolClient.agree(party.server(), List.of("polling", "websocket"), List.of("v1.party")))
                .isEqualTo("v1.party");
    }

    @Test
    void clientThatOffersNoneIsGivenNone() {
        assertThat(SubprotocolClient.agree(party.server(), List.of("websocket"), List.of()))
                .isEmpty();
    }
}
