package dev.watchparty.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.session.RoomId;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketSignerTest {
    private static final Ticket TICKET = new Ticket("5cX_Ot_Dm5IrYP82AAAB", new RoomId("film-night"));

    private final TicketSigner signer = new TicketSigner(secret("a secret of the server"));

    private static TicketSecret secret(String text) {
        return new TicketSecret(text + " of at least 32 characters");
    }

    @Test
    void ticketIsReadOnlyWithItsSecret() {
        String text = signer.sign(TICKET);

        assertThat(new TicketSigner(secret("a secret of the server")).verify(text))
                .contains(TICKET);
        assertThat(new TicketSigner(secret("another secret")).verify(text)).isEmpty();
    }

    @Test
    void ticketHoldsThePersonOfItsSocket() {
        Ticket tab = new Ticket("5cX_Ot_Dm5IrYP82AAAB", "ann-ann-ann-ann-ann_", new RoomId("film-night"));

        assertThat(signer.verify(signer.sign(tab))).contains(tab);
    }

    @Test
    void ticketOfTheLongestRoomIsRead() {
        Ticket longest = new Ticket("5cX_Ot_Dm5IrYP82AAAB", "ann-ann-ann-ann-ann_", new RoomId("\u4e2d".repeat(40)));

        assertThat(signer.verify(signer.sign(longest))).contains(longest);
    }

    @Test
    void noByteOfATicketCanBeChanged() {
        byte[] signed = Base64.getUrlDecoder().decode(signer.sign(TICKET));
        for (int i = 0; i < signed.length; i++) {
            byte[] forged = signed.clone();
            forged[i] ^= 1;
            assertThat(signer.verify(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pong", "!", "AAAA", "\u0000", "5cX_Ot_Dm5IrYP82AAAB"})
    void otherTextIsNoTicket(String text) {
        assertThat(signer.verify(text)).isEmpty();
        assertThat(signer.verify(text.repeat(100_000))).isEmpty();
    }

    @Test
    void randomBytesAreNoTicket() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            assertThat(signer.verify(Base64.getUrlEncoder().encodeToString(bytes)))
                    .isEmpty();
        }
    }
}
