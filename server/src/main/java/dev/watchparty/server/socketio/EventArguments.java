package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.protocol.AckArgs;
import com.corundumstudio.socketio.protocol.JsonSupport;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Converts JSON to the types of listeners. The library passes these types to it through {@link JsonSupport}, and uses
 * nothing else of that interface: it reads and writes no JSON here.
 */
final class EventArguments implements JsonSupport {
    private final Map<Event, List<Class<?>>> types = new ConcurrentHashMap<>();
    private final ObjectMapper mapper;

    EventArguments(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    private record Event(String namespace, String name) {}

    /**
     * An argument of an event does not have the type that its listener takes. The message is for the sender of the
     * event.
     */
    static final class UnfitArgumentException extends Exception {
        private UnfitArgumentException(int number, Class<?> type) {
            super("argument %d: does not fit (expected: %s)".formatted(number, inWords(type)), null, false, false);
        }

        private static String inWords(Class<?> type) {
            if (CharSequence.class.isAssignableFrom(type) || type.isEnum()) {
                return "a text";
            }
            if (type == Boolean.class || type == boolean.class) {
                return "true or false";
            }
            if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
                return "a number";
            }
            if (type == byte[].class) {
                return "bytes";
            }
            return type.isArray() || Collection.class.isAssignableFrom(type) ? "a list" : "an object";
        }
    }

    @Override
    public void addEventMapping(String namespace, String event, Class<?>... classes) {
        types.put(new Event(namespace, event), List.of(classes));
    }

    @Override
    public void removeEventMapping(String namespace, String event) {
        types.remove(new Event(namespace, event));
    }

    /**
     * The arguments of an event. Arguments beyond the listener's types are passed as JSON's own types: maps, lists,
     * strings, numbers, booleans. A JSON null is null.
     *
     * @param data the name, and then the arguments
     * @throws UnfitArgumentException if an argument does not fit its type
     */
    List<Object> ofEvent(String namespace, String event, JsonNode data) throws UnfitArgumentException {
        List<Class<?>> expected = types.getOrDefault(new Event(namespace, event), List.of());
        List<Object> arguments = new ArrayList<>(data.size() - 1);
        for (int i = 1; i < data.size(); i++) {
            Class<?> type = i - 1 < expected.size() ? expected.get(i - 1) : Object.class;
            try {
                arguments.add(convert(data.get(i), type));
            } catch (JsonProcessingException e) {
                throw new UnfitArgumentException(i, type);
            }
        }
        return arguments;
    }

    /** The arguments of an ack. */
    List<Object> ofAck(AckCallback<?> callback, JsonNode data) throws JsonProcessingException {
        List<Object> arguments = new ArrayList<>(data.size());
        for (int i = 0; i < data.size(); i++) {
            arguments.add(convert(data.get(i), resultClass(callback, i)));
        }
        return arguments;
    }

    private static Class<?> resultClass(AckCallback<?> callback, int index) {
        if (callback instanceof MultiTypeAckCallback several) {
            Class<?>[] classes = several.getResultClasses();
            return index < classes.length ? classes[index] : Object.class;
        }
        return index > 0 || callback.getResultClass() == Void.class ? Object.class : callback.getResultClass();
    }

    private Object convert(JsonNode value, Class<?> type) throws JsonProcessingException {
        return value.isNull() ? null : mapper.treeToValue(value, type);
    }

    @Override
    public AckArgs readAckArgs(ByteBufInputStream in, AckCallback<?> callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T readValue(String namespace, ByteBufInputStream in, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeValue(ByteBufOutputStream out, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<byte[]> getArrays() {
        throw new UnsupportedOperationException();
    }
}
