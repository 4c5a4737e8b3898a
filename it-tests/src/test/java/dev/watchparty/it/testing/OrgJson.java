package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** Converts between Jackson's trees and those of org.json, which the Java client uses. */
final class OrgJson {
    private OrgJson() {}

    /** A value that the library accepts: its own trees, bytes, text, numbers, booleans, its null. */
    static Object toLibrary(JsonNode node) {
        try {
            return switch (node.getNodeType()) {
                case OBJECT -> toObject(node);
                case ARRAY -> toArray(node);
                case BINARY -> node.binaryValue();
                case NUMBER -> node.numberValue();
                case BOOLEAN -> node.booleanValue();
                case STRING -> node.textValue();
                default -> JSONObject.NULL;
            };
        } catch (JSONException e) {
            throw new IllegalArgumentException("no JSON: " + node, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JSONObject toObject(JsonNode node) throws JSONException {
        JSONObject object = new JSONObject();
        for (var field : node.properties()) {
            object.put(field.getKey(), toLibrary(field.getValue()));
        }
        return object;
    }

    private static JSONArray toArray(JsonNode node) {
        JSONArray array = new JSONArray();
        node.forEach(child -> array.put(toLibrary(child)));
        return array;
    }

    static JsonNode fromLibrary(Object value) {
        if (value instanceof JSONObject object) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            for (Iterator<?> keys = object.keys(); keys.hasNext(); ) {
                String key = (String) keys.next();
                node.set(key, fromLibrary(object.opt(key)));
            }
            return node;
        }
        if (value instanceof JSONArray array) {
            ArrayNode node = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.length(); i++) {
                node.add(fromLibrary(array.opt(i)));
            }
            return node;
        }
        return value == null || value == JSONObject.NULL ? JsonNodeFactory.instance.nullNode() : Json.of(value);
    }
}
