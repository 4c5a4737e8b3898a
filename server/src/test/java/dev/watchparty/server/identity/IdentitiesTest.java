package dev.watchparty.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.SessionIdentity;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.identity.Identities.Proof;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.TestingClock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {
    private static final String ANN = "ann-ann-ann-ann-ann_";
    private static final RoomId ROOM = new RoomId("film-night");
    private static final TicketSecret SECRET = new TicketSecret("0123456789abcdef0123456789abcdef");

    private final TestingClock clock = new TestingClock(1_000_000);
    private final Identities identities = identities(SECRET);

    private Identities identities(TicketSecret secret) {
        return new Identities(new IdentityConfig(Duration.ofDays(30)), secret, clock);
    }

    @Test
    void tokenIsRecognisedInItsRoomUntilItExpires() {
        SessionIdentity issued = identities.issue(ROOM, ANN, true);

        assertThat(issued.participantId()).isEqualTo(ANN);
        assertThat(issued.expiresAt()).isEqualTo(1_000_000 + Duration.ofDays(30).toMillis());
        assertThat(identities.recognise(ROOM, issued.token())).contains(new Proof(ANN, true, 1_000_000));
        clock.advance(Duration.ofDays(30).toMillis() - 1);
        assertThat(identities.recognise(ROOM, issued.token())).contains(new Proof(ANN, true, 1_000_000));
        clock.advance(1);
        assertThat(identities.recognise(ROOM, issued.token())).isEmpty();
    }

    @Test
    void tokenTellsWhetherItsOwnerHasJoined() {
        String token = identities.issue(ROOM, ANN, false).token();

        assertThat(identities.recognise(ROOM, token)).contains(new Proof(ANN, false, 1_000_000));
    }

    @Test
    void tokenIsUselessInAnotherRoom() {
        String token = identities.issue(ROOM, ANN, true).token();

        assertThat(identities.recognise(RoomId.DEFAULT, token)).isEmpty();
        assertThat(identities.recognise(new RoomId("film-nigh"), token)).isEmpty();
        assertThat(identities.recognise(new RoomId("t"), token)).isEmpty();
        assertThat(identities.recognise(new RoomId("my-film-night"), token)).isEmpty();
    }

    @Test
    void tokenOfAnotherServerIsUseless() {
        String token = identities.issue(ROOM, ANN, true).token();

        assertThat(identities(new TicketSecret("fedcba9876543210fedcba9876543210"))
                        .recognise(ROOM, token))
                .isEmpty();
    }

    @Test
    void noByteOfATokenCanBeChanged() {
        byte[] signed =
                Base64.getUrlDecoder().decode(identities.issue(ROOM, ANN, true).token());
        for (int i = 0; i < signed.length; i++) {
            byte[] forged = signed.clone();
            forged[i] ^= 1;
            assertThat(identities.recognise(
                            ROOM, Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
                    .isEmpty();
        }
    }

    /** A ticket is for one connection, and anybody in the room may know the id in it. */
    @Test
    void ticketIsNoToken() {
        String ticket = new TicketSigner(SECRET).sign(new Ticket(ANN, ROOM));

        assertThat(identities.recognise(ROOM, ticket)).isEmpty();
        assertThat(new TicketSigner(SECRET)
                        .verify(identities.issue(ROOM, ANN, true).token()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "not base64!", "AAAA", "\u0000", "1ann-ann-ann-ann-ann_film-night"})
    void anyTextCanBePresented(String text) {
        assertThat(identities.recognise(ROOM, text)).isEmpty();
        assertThat(identities.recognise(ROOM, text.repeat(100_000))).isEmpty();
    }

    @Test
    void tokenOfTheLongestRoomIsRecognised() {
        RoomId longest = new RoomId("x".repeat(64));

        assertThat(identities.recognise(
                        longest, identities.issue(longest, ANN, true).token()))
                .contains(new Proof(ANN, true, 1_000_000));
    }

    @Test
    void addressTagIsTheSameInOneRoomOnly() {
        AddressKey address = new AddressKey(0x7f000001);

        assertThat(identities.addressTag(ROOM, address))
                .isEqualTo(identities.addressTag(ROOM, address))
                .hasSize(16)
                .isNotEqualTo(identities.addressTag(RoomId.DEFAULT, address))
                .isNotEqualTo(identities.addressTag(ROOM, new AddressKey(0x7f000002)))
                .doesNotContain("7f000001");
    }
}
