package dev.watchparty.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/** Checks that several payloads share. */
final class Payloads {
    private Payloads() {}

    static void requireObject(JsonNode payload) throws InvalidPayloadException {
        if (payload == null || !payload.isObject()) {
            throw new InvalidPayloadException("payload: %s (expected: an object)".formatted(kindOf(payload)));
        }
    }

    /**
     * Reads a text that a client sent; empty if the field is missing.
     *
     * @throws InvalidPayloadException if it is no text, or of another length
     */
    static Optional<String> text(JsonNode payload, String field, int minLength, int maxLength)
            throws InvalidPayloadException {
        JsonNode value = payload.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new InvalidPayloadException("%s: %s (expected: a text)".formatted(field, kindOf(value)));
        }
        String text = value.textValue();
        if (!isLength(text, minLength, maxLength)) {
            throw new InvalidPayloadException(wrongLength(field, text, minLength, maxLength));
        }
        return Optional.of(text);
    }

    /** Checks the length of a text before it is sent, characters. */
    static void requireLength(String name, String text, int min, int max) {
        if (!isLength(text, min, max)) {
            throw new IllegalArgumentException(wrongLength(name, text, min, max));
        }
    }

    private static boolean isLength(String text, int min, int max) {
        return text.length() >= min && text.length() <= max;
    }

    private static String wrongLength(String name, String text, int min, int max) {
        return "%s: %d characters (expected: %d .. %d)".formatted(name, text.length(), min, max);
    }

    /** Checks a position before it is sent, s. */
    static void requirePosition(String name, double seconds) {
        if (!Double.isFinite(seconds) || seconds < 0) {
            throw new IllegalArgumentException("%s: %s (expected: finite, >= 0)".formatted(name, seconds));
        }
    }

    /** Names a node's type, never its content: the server does not echo a client's text. */
    static String kindOf(JsonNode node) {
        return node == null ? "missing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
