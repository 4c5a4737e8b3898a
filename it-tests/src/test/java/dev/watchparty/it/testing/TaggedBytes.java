package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/** The form of bytes on their way to the Node process and back in lines of JSON: {@code {"$bytes":"<base64>"}}. */
final class TaggedBytes {
    private static final String TAG = "$bytes";

    private TaggedBytes() {}

    /** A tree without binary nodes. */
    static JsonNode tag(JsonNode node) {
        if (node.isBinary()) {
            return JsonNodeFactory.instance.objectNode().put(TAG, node.asText());
        }
        if (node.isArray()) {
            ArrayNode tagged = JsonNodeFactory.instance.arrayNode();
            node.forEach(child -> tagged.add(tag(child)));
            return tagged;
        }
        if (node.isObject()) {
            ObjectNode tagged = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> tagged.set(field.getKey(), tag(field.getValue())));
            return tagged;
        }
        return node;
    }

    /** The tree with its binary nodes. */
    static JsonNode untag(JsonNode node) {
        if (node.has(TAG)) {
            return BinaryNode.valueOf(Base64.getDecoder().decode(node.path(TAG).textValue()));
        }
        if (node.isArray()) {
            ArrayNode plain = JsonNodeFactory.instance.arrayNode();
            node.forEach(child -> plain.add(untag(child)));
            return plain;
        }
        if (node.isObject()) {
            ObjectNode plain = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> plain.set(field.getKey(), untag(field.getValue())));
            return plain;
        }
        return node;
    }
}
