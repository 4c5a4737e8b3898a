package dev.watchparty.protocol;

import com.fasterxml.jackson.databind.JsonNode;

/** What the readers of untrusted payloads share. */
final class Payloads {
    private Payloads() {}

    static void requireObject(JsonNode payload) throws InvalidPayloadException {
        if (payload == null || !payload.isObject()) {
            throw new InvalidPayloadException("payload: %s (expected: an object)".formatted(kindOf(payload)));
        }
    }

    /** Names a node's type, never its content: what a client sent is not echoed. */
    static String kindOf(JsonNode node) {
        return node == null ? "missing" : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }
}
