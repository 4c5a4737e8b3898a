package dev.watchparty.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchparty.server.session.RoomId;
import java.util.Optional;

/** Writes tickets as a signed text: socket id, a colon and the participant id if that is another one, and room. */
final class TicketSigner {
    /** No name of a room holds it. */
    private static final String PERSON = ":";

    /** The longest ticket: two ids, a room of 64 characters of up to 3 bytes, and a signature, in base64. */
    private static final int MAX_LENGTH = 332;

    private final Signature signature;

    TicketSigner(TicketSecret secret) {
        this.signature = new Signature(secret, "");
    }

    String sign(Ticket ticket) {
        String person = ticket.participantId().equals(ticket.socketId()) ? "" : PERSON + ticket.participantId();
        return signature.sign((ticket.socketId() + person + ticket.room()).getBytes(UTF_8));
    }

    /** Returns the ticket, or empty if this secret has not signed it. */
    Optional<Ticket> verify(String text) {
        return signature
                .verify(text, MAX_LENGTH)
                .map(content -> new String(content, UTF_8))
                .filter(content -> content.length() > Ticket.ID_LENGTH)
                .map(TicketSigner::read);
    }

    private static Ticket read(String content) {
        String socketId = content.substring(0, Ticket.ID_LENGTH);
        String rest = content.substring(Ticket.ID_LENGTH);
        if (!rest.startsWith(PERSON)) {
            return new Ticket(socketId, new RoomId(rest));
        }
        int end = PERSON.length() + Ticket.ID_LENGTH;
        return new Ticket(socketId, rest.substring(PERSON.length(), end), new RoomId(rest.substring(end)));
    }
}
