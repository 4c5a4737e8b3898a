package dev.watchparty.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.SessionIdentity;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.ServerClock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Gives browsers the tokens by which they are the same participant of a room after a reload, in a second tab and from
 * another network, and recognises the tokens.
 *
 * <p>A token is signed, holds its room and its time, and is known to nobody but its owner.
 */
@API(status = API.Status.INTERNAL)
@Singleton
public final class Identities {
    /** Begins the token of a participant who has joined; another form of token begins otherwise. */
    private static final String JOINED = "1";

    /** Begins the token of a participant who has only looked at the room's door. */
    private static final String NOT_JOINED = "0";

    /** Milliseconds since the epoch, hexadecimal. */
    private static final int TIME_LENGTH = 12;

    private static final int HEAD_LENGTH = JOINED.length() + Ticket.ID_LENGTH + TIME_LENGTH;

    /** The longest token: version, id, time, a room of 64 characters of up to 3 bytes, and a signature, in base64. */
    private static final int MAX_LENGTH = 328;

    private final IdentityConfig config;
    private final ServerClock clock;
    private final Signature tokens;
    private final Signature addresses;

    @Inject
    Identities(IdentityConfig config, TicketSecret secret, ServerClock clock) {
        this.config = requireNonNull(config, "config is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.tokens = new Signature(secret, "identity");
        this.addresses = new Signature(secret, "address");
    }

    /**
     * The facts that a token proves.
     *
     * @param hasJoined whether the participant had joined the room
     * @param issuedAt ms since the epoch
     */
    public record Proof(String participantId, boolean hasJoined, long issuedAt) {}

    /**
     * Returns a fresh token.
     *
     * @param participantId public, 20 characters of base64url
     * @param hasJoined whether the participant has joined the room, or is its creator
     */
    public SessionIdentity issue(RoomId room, String participantId, boolean hasJoined) {
        long now = clock.millis();
        String content = (hasJoined ? JOINED : NOT_JOINED) + participantId + "%012x".formatted(now) + room;
        return new SessionIdentity(
                participantId,
                tokens.sign(content.getBytes(UTF_8)),
                now + config.lifetime().toMillis());
    }

    /**
     * Returns what a token proves; empty if this server has not signed it for that room, or if it has expired.
     *
     * @param token the text that a client presents; not checked in any way
     */
    public Optional<Proof> recognise(RoomId room, String token) {
        return tokens.verify(token, MAX_LENGTH)
                .map(content -> new String(content, UTF_8))
                .filter(content -> (content.startsWith(JOINED) || content.startsWith(NOT_JOINED))
                        && content.length() == HEAD_LENGTH + room.value().length()
                        && content.endsWith(room.value()))
                .map(Identities::read)
                .filter(proof ->
                        clock.millis() - proof.issuedAt() < config.lifetime().toMillis());
    }

    private static Proof read(String content) {
        return new Proof(
                content.substring(JOINED.length(), JOINED.length() + Ticket.ID_LENGTH),
                content.startsWith(JOINED),
                Long.parseLong(content.substring(JOINED.length() + Ticket.ID_LENGTH, HEAD_LENGTH), 16));
    }

    /** Returns a text that stands for an address in one room, and from which nobody learns the address. */
    public String addressTag(RoomId room, AddressKey address) {
        String content = Long.toHexString(address.network()) + ' ' + room;
        return HexFormat.of().formatHex(addresses.of(content.getBytes(UTF_8)), 0, Long.BYTES);
    }
}
