package dev.watchparty.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchparty.server.session.RoomId;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes tickets so that nobody can create or change one without the secret: socket id and room, and an HMAC-SHA-256 of
 * both, cut to 128 bits, in base64url.
 */
final class TicketSigner {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_LENGTH = 16;

    /** The longest ticket: an id, a room of 64 characters and a signature, in base64. */
    private static final int MAX_LENGTH = 136;

    private final Mac keyed; // only copied, because a Mac can be used by only one thread

    TicketSigner(String secret) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    String sign(Ticket ticket) {
        byte[] content = (ticket.socketId() + ticket.room()).getBytes(US_ASCII);
        byte[] signed = Arrays.copyOf(content, content.length + SIGNATURE_LENGTH);
        System.arraycopy(signature(content), 0, signed, content.length, SIGNATURE_LENGTH);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /** Returns the ticket, or empty if this secret has not signed it. */
    Optional<Ticket> verify(String text) {
        return decode(text).filter(this::isSigned).map(TicketSigner::read);
    }

    private static Optional<byte[]> decode(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] signed = Base64.getUrlDecoder().decode(text);
            return Optional.of(signed).filter(bytes -> bytes.length > Ticket.ID_LENGTH + SIGNATURE_LENGTH);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private boolean isSigned(byte[] signed) {
        byte[] claimed = Arrays.copyOfRange(signed, signed.length - SIGNATURE_LENGTH, signed.length);
        return MessageDigest.isEqual(claimed, signature(content(signed)));
    }

    private static Ticket read(byte[] signed) {
        String content = new String(content(signed), US_ASCII);
        return new Ticket(content.substring(0, Ticket.ID_LENGTH), new RoomId(content.substring(Ticket.ID_LENGTH)));
    }

    private static byte[] content(byte[] signed) {
        return Arrays.copyOf(signed, signed.length - SIGNATURE_LENGTH);
    }

    private byte[] signature(byte[] content) {
        try {
            Mac mac = (Mac) keyed.clone();
            return Arrays.copyOf(mac.doFinal(content), SIGNATURE_LENGTH);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's " + ALGORITHM + " cannot be copied", e);
        }
    }
}
