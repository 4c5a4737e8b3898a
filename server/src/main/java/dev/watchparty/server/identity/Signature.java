package dev.watchparty.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs bytes so that nobody can create or change them without the secret: an HMAC-SHA-256, cut to 128 bits, behind
 * them, all in base64url.
 */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH = 16;

    private final byte[] purpose;
    private final Mac keyed; // only copied, because a Mac can be used by only one thread

    /** @param purpose text that is signed too, so that a text signed for one purpose is worthless for another */
    Signature(TicketSecret secret, String purpose) {
        this.purpose = purpose.getBytes(UTF_8);
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(secret.value().getBytes(UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    String sign(byte[] content) {
        byte[] signed = Arrays.copyOf(content, content.length + LENGTH);
        System.arraycopy(of(content), 0, signed, content.length, LENGTH);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /**
     * Returns what was signed, at least one byte; empty if this secret has not signed it.
     *
     * @param maxLength of the text, characters
     */
    Optional<byte[]> verify(String text, int maxLength) {
        if (text.length() > maxLength) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text)).flatMap(this::content);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> content(byte[] signed) {
        if (signed.length <= LENGTH) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(signed, signed.length - LENGTH);
        byte[] claimed = Arrays.copyOfRange(signed, content.length, signed.length);
        return MessageDigest.isEqual(claimed, of(content)) ? Optional.of(content) : Optional.empty();
    }

    /** The signature alone: {@value #LENGTH} bytes that say nothing of the content. */
    byte[] of(byte[] content) {
        try {
            Mac mac = (Mac) keyed.clone();
            mac.update(purpose);
            return Arrays.copyOf(mac.doFinal(content), LENGTH);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's " + ALGORITHM + " cannot be copied", e);
        }
    }
}
