package dev.watchparty.server.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchparty.protocol.WireJson;
import dev.watchparty.server.engineio.EncodedPacket;
import dev.watchparty.server.engineio.MalformedPacketException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/**
 * The packets of {@code socket.io-msgpack-parser}: each is one binary message, a MessagePack map of {@code type},
 * {@code nsp}, and perhaps {@code data} and {@code id}. Bytes are written directly, not as attachments.
 */
final class MsgpackCodec implements PacketEncoder {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double MAX_SAFE_INTEGER = 1L << 53;

    private final ObjectMapper mapper;

    MsgpackCodec(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Whether a message may be a packet: MessagePack's short maps begin with these bits. */
    static boolean isPacket(byte[] message) {
        return message.length > 0 && (message[0] & 0xf0) == 0x80;
    }

    SocketIoPacket decode(byte[] message) throws MalformedPacketException {
        JsonNode packet = read(message);
        SocketIoPacket.Type type = packet.path("type").isInt()
                ? SocketIoPacket.Type.of(packet.get("type").intValue())
                : null;
        JsonNode namespace = packet.path("nsp");
        JsonNode id = packet.path("id");
        if (type == null
                || type.isBinary()
                || !namespace.isTextual()
                || !(isAbsent(id) || id.canConvertToExactIntegral())) {
            throw new MalformedPacketException("packet: not the map of a MessagePack parser");
        }
        Long ackId = isAbsent(id) ? null : id.longValue();
        JsonNode data = isAbsent(packet.path("data")) ? null : packet.get("data");
        SocketIoCodec.requireValid(type, ackId, data);
        return new SocketIoPacket(type, namespace.textValue(), ackId, data, 0);
    }

    /** JavaScript's undefined arrives as null. */
    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static JsonNode read(byte[] message) throws MalformedPacketException {
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(message)) {
            JsonNode packet = readValue(in, message.length, 0);
            if (in.hasNext()) {
                throw new MalformedPacketException("message: more than one MessagePack value");
            }
            return packet;
        } catch (IOException | MessagePackException e) {
            throw new MalformedPacketException("message: not MessagePack");
        }
    }

    /** Reads no more than has arrived: a length that a message claims costs nothing until its bytes have arrived. */
    private static JsonNode readValue(MessageUnpacker in, int available, int depth)
            throws IOException, MalformedPacketException {
        if (depth > WireJson.MAX_DEPTH) {
            throw new MalformedPacketException("message: nested too deep");
        }
        return switch (in.getNextFormat().getValueType()) {
            case NIL -> {
                in.unpackNil();
                yield NODES.nullNode();
            }
            case EXTENSION -> {
                in.skipValue();
                yield NODES.nullNode();
            }
            case BOOLEAN -> NODES.booleanNode(in.unpackBoolean());
            case INTEGER -> readInteger(in);
            case FLOAT -> NODES.numberNode(in.unpackDouble());
            case STRING -> NODES.textNode(new String(readBytes(in, in.unpackRawStringHeader(), available), UTF_8));
            case BINARY -> NODES.binaryNode(readBytes(in, in.unpackBinaryHeader(), available));
            case ARRAY -> readArray(in, available, depth);
            case MAP -> readMap(in, available, depth);
        };
    }

    private static JsonNode readInteger(MessageUnpacker in) throws IOException {
        BigInteger value = in.unpackBigInteger();
        if (value.bitLength() >= Long.SIZE) {
            return NODES.numberNode(value);
        }
        long number = value.longValue();
        return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    private static byte[] readBytes(MessageUnpacker in, int length, int available)
            throws IOException, MalformedPacketException {
        if (length > available) {
            throw new MalformedPacketException("message: shorter than it claims");
        }
        return in.readPayload(length);
    }

    private static JsonNode readArray(MessageUnpacker in, int available, int depth)
            throws IOException, MalformedPacketException {
        int size = in.unpackArrayHeader();
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < size; i++) {
            array.add(readValue(in, available, depth + 1));
        }
        return array;
    }

    private static JsonNode readMap(MessageUnpacker in, int available, int depth)
            throws IOException, MalformedPacketException {
        int size = in.unpackMapHeader();
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < size; i++) {
            JsonNode key = readValue(in, available, depth + 1);
            if (!key.isTextual()) {
                throw new MalformedPacketException("message: a key that is not text");
            }
            object.set(key.textValue(), readValue(in, available, depth + 1));
        }
        return object;
    }

    @Override
    public EncodedPacket encode(SocketIoPacket.Type type, String namespace, Long ackId, Object data) {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            out.packMapHeader(2 + (data == null ? 0 : 1) + (ackId == null ? 0 : 1));
            out.packString("type").packInt(type.number());
            out.packString("nsp").packString(namespace);
            if (data != null) {
                out.packString("data");
                write(out, mapper.valueToTree(data));
            }
            if (ackId != null) {
                out.packString("id").packLong(ackId);
            }
            return new EncodedPacket(new byte[0], List.of(out.toByteArray()));
        } catch (IOException e) {
            throw new IllegalArgumentException("data cannot be written as MessagePack", e);
        }
    }

    private static void write(MessagePacker out, JsonNode value) throws IOException {
        switch (value.getNodeType()) {
            case BOOLEAN -> out.packBoolean(value.booleanValue());
            case NUMBER -> writeNumber(out, value);
            case STRING -> out.packString(value.textValue());
            case BINARY -> {
                byte[] bytes = value.binaryValue();
                out.packBinaryHeader(bytes.length).writePayload(bytes);
            }
            case ARRAY -> {
                out.packArrayHeader(value.size());
                for (JsonNode element : value) {
                    write(out, element);
                }
            }
            case OBJECT -> {
                out.packMapHeader(value.size());
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    out.packString(field.getKey());
                    write(out, field.getValue());
                }
            }
            default -> out.packNil();
        }
    }

    /** Like JavaScript's writer: a number without a fraction is written as an integer. */
    private static void writeNumber(MessagePacker out, JsonNode number) throws IOException {
        double value = number.doubleValue();
        if (number.isIntegralNumber() && number.canConvertToLong()) {
            out.packLong(number.longValue());
        } else if (value == Math.rint(value) && Math.abs(value) <= MAX_SAFE_INTEGER) {
            out.packLong((long) value);
        } else {
            out.packDouble(value);
        }
    }
}
