package dev.watchparty.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Checks that several payloads share. */
final class Payloads {
    private Payloads() {}

    static void requireObject(JsonNode payload) throws InvalidPayloadException {
        if (payload == null || !payload.isObject()) {
            throw new InvalidPayloadException("payload: %s (expected: an object)".formatted(kindOf(payload)));
        }
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
