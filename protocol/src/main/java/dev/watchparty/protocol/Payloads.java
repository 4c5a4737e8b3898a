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

    /** Checks a position that is to be sent, s. */
    static void requirePosition(String name, double seconds) {
        if (!Double.isFinite(seconds) || seconds < 0) {
            throw new IllegalArgumentException("%s: %s (expected: finite, >= 0)".formatted(name, seconds));
        }
    }

    /** Names a node's type, never its content: what a client sent is not echoed. */
    static String kindOf(JsonNode node) {
        return node == null ? "missing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
