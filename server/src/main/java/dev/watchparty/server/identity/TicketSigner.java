package dev.watchparty.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchparty.server.session.RoomId;
import java.util.Optional;

/** Writes tickets as a signed text: socket id and room. */
final class TicketSigner {
    /** The longest ticket: an id, a room of 64 characters of up to 3 bytes, and a signature, in base64. */
    private static final int MAX_LENGTH = 304;

    private final Signature signature;

    TicketSigner(TicketSecret secret) {
        this.signature = new Signature(secret, "");
    }

    String sign(Ticket ticket) {
        return signature.sign((ticket.socketId() + ticket.room()).getBytes(UTF_8));
    }

    /** Returns the ticket, or empty if this secret has not signed it. */
    Optional<Ticket> verify(String text) {
        return signature
                .verify(text, MAX_LENGTH)
                .map(content -> new String(content, UTF_8))
                .filter(content -> content.length() > Ticket.ID_LENGTH)
                .map(content -> new Ticket(
                        content.substring(0, Ticket.ID_LENGTH), new RoomId(content.substring(Ticket.ID_LENGTH))));
    }
}
