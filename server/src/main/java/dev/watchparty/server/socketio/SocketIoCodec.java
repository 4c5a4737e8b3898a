package dev.watchparty.server.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.watchparty.server.engineio.EncodedPacket;
import dev.watchparty.server.engineio.MalformedPacketException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Socket.IO v5, "Packet encoding": {@code <type>[<attachments>-][<namespace>,][<ack id>][<JSON>]}.
 *
 * <p>It is as strict as the reference parser, and stricter where that one is lax: it refuses every packet that a client
 * cannot have sent if it follows the protocol.
 */
final class SocketIoCodec implements PacketEncoder {
    /** The default namespace, which packets do not name. */
    static final String DEFAULT_NAMESPACE = "/";

    /**
     * Names that client libraries use for their own events: a client could not distinguish an event with such a name
     * from the real one.
     */
    private static final Set<String> RESERVED_EVENTS =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    /** JavaScript's safe integers have at most 16 digits. */
    private static final int MAX_ACK_ID_DIGITS = 15;

    private static final int MAX_ATTACHMENT_DIGITS = 6;
    private static final int TYPICAL_LENGTH = 256; // of a packet, bytes
    private static final byte MESSAGE = '4'; // Engine.IO's type of every packet here

    private final int maxAttachments;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    /**
     * @param mapper bounds the input, and defines how values are written
     * @param maxAttachments of one packet
     */
    SocketIoCodec(ObjectMapper mapper, int maxAttachments) {
        this.maxAttachments = maxAttachments;
        this.reader = mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        SimpleModule binary = new SimpleModule("binary-attachments");
        binary.addSerializer(new PlaceholderSerializer());
        this.writer = mapper.copy().registerModule(binary).writer();
    }

    /** @param message the text after Engine.IO's type */
    SocketIoPacket decode(String message) throws MalformedPacketException {
        Cursor in = new Cursor(message);
        SocketIoPacket.Type type = message.isEmpty() ? null : SocketIoPacket.Type.of(in.next() - '0');
        if (type == null) {
            throw new MalformedPacketException("unknown Socket.IO packet type (expected: 0 .. 6)");
        }
        int attachments = type.isBinary() ? decodeAttachments(in) : 0;
        String namespace = decodeNamespace(in);
        Long ackId = decodeAckId(in);
        JsonNode data = decodeData(in.rest());
        requireValid(type, ackId, data);
        return new SocketIoPacket(type, namespace, ackId, data, attachments);
    }

    private int decodeAttachments(Cursor in) throws MalformedPacketException {
        String digits = in.digits();
        if (digits.isEmpty() || digits.length() > MAX_ATTACHMENT_DIGITS || !in.skip('-')) {
            throw new MalformedPacketException("attachments: no number (expected: digits and a dash)");
        }
        int attachments = Integer.parseInt(digits);
        if (attachments < 1 || attachments > maxAttachments) {
            throw new MalformedPacketException(
                    "attachments: %d (expected: 1 .. %d)".formatted(attachments, maxAttachments));
        }
        return attachments;
    }

    private static String decodeNamespace(Cursor in) {
        if (!in.isAt('/')) {
            return DEFAULT_NAMESPACE;
        }
        String namespace = in.until(',');
        in.skip(',');
        return namespace;
    }

    private static Long decodeAckId(Cursor in) throws MalformedPacketException {
        String digits = in.digits();
        if (digits.length() > MAX_ACK_ID_DIGITS) {
            throw new MalformedPacketException(
                    "ack id: %d digits (expected: at most %d)".formatted(digits.length(), MAX_ACK_ID_DIGITS));
        }
        return digits.isEmpty() ? null : Long.valueOf(digits);
    }

    private JsonNode decodeData(String json) throws MalformedPacketException {
        if (json.isEmpty()) {
            return null;
        }
        try {
            JsonNode data = reader.readTree(json);
            if (data.isMissingNode()) {
                throw new MalformedPacketException("payload: blank (expected: JSON)");
            }
            return data;
        } catch (JsonProcessingException e) {
            throw new MalformedPacketException("payload: not JSON, or too deep, or a number too long");
        }
    }

    /** Socket.IO v5: the table of each packet type under "Exchange protocol". */
    static void requireValid(SocketIoPacket.Type type, Long ackId, JsonNode data) throws MalformedPacketException {
        boolean valid =
                switch (type) {
                    case CONNECT -> data == null || data.isObject();
                    case DISCONNECT -> data == null;
                    case EVENT, BINARY_EVENT -> data != null && data.isArray() && isEventName(data.get(0));
                    case ACK, BINARY_ACK -> data != null && data.isArray() && ackId != null;
                    case CONNECT_ERROR -> false; // only servers send it
                };
        if (!valid) {
            throw new MalformedPacketException("payload: not what a packet of type %s has".formatted(type));
        }
    }

    private static boolean isEventName(JsonNode name) {
        return name != null && (name.isNumber() || (name.isTextual() && !RESERVED_EVENTS.contains(name.textValue())));
    }

    /** Byte arrays in the data become attachments. */
    @Override
    public EncodedPacket encode(SocketIoPacket.Type type, String namespace, Long ackId, Object data) {
        List<byte[]> attachments = new ArrayList<>(0);
        byte[] text = write(Integer.toString(type.number()), namespace, ackId, data, attachments);
        if (attachments.isEmpty()) {
            return new EncodedPacket(text, attachments);
        }
        String head = "%d%d-".formatted(type.withAttachments().number(), attachments.size());
        return new EncodedPacket(write(head, namespace, ackId, data, new ArrayList<>()), attachments);
    }

    private byte[] write(String head, String namespace, Long ackId, Object data, List<byte[]> attachments) {
        PacketBuffer text = new PacketBuffer(attachments);
        text.write(MESSAGE);
        text.writeBytes(head.getBytes(UTF_8));
        if (!namespace.equals(DEFAULT_NAMESPACE)) {
            text.writeBytes((namespace + ",").getBytes(UTF_8));
        }
        if (ackId != null) {
            text.writeBytes(ackId.toString().getBytes(UTF_8));
        }
        if (data != null) {
            writeJson(text, data);
        }
        return text.toByteArray();
    }

    private void writeJson(PacketBuffer out, Object data) {
        try {
            writer.writeValue(out, data);
        } catch (IOException e) {
            throw new IllegalArgumentException("data cannot be written as JSON", e);
        }
    }

    /** A packet's text, and the attachments that must follow it. */
    private static final class PacketBuffer extends ByteArrayOutputStream {
        final List<byte[]> attachments;

        PacketBuffer(List<byte[]> attachments) {
            super(TYPICAL_LENGTH);
            this.attachments = attachments;
        }
    }

    /** Writes {@code {"_placeholder":true,"num":0}} for a byte array, and keeps the array as an attachment. */
    private static final class PlaceholderSerializer extends StdSerializer<byte[]> {
        private static final long serialVersionUID = 1;

        PlaceholderSerializer() {
            super(byte[].class);
        }

        @Override
        public void serialize(byte[] bytes, JsonGenerator json, SerializerProvider provider) throws IOException {
            List<byte[]> attachments = ((PacketBuffer) json.getOutputTarget()).attachments;
            json.writeStartObject();
            json.writeBooleanField(PacketAssembler.PLACEHOLDER, true);
            json.writeNumberField(PacketAssembler.NUMBER, attachments.size());
            json.writeEndObject();
            attachments.add(bytes);
        }
    }

    /** A position in a text. */
    private static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        char next() {
            return text.charAt(at++);
        }

        boolean isAt(char expected) {
            return at < text.length() && text.charAt(at) == expected;
        }

        boolean skip(char expected) {
            if (!isAt(expected)) {
                return false;
            }
            at++;
            return true;
        }

        String digits() {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            return text.substring(start, at);
        }

        String until(char end) {
            int found = text.indexOf(end, at);
            int start = at;
            at = found < 0 ? text.length() : found;
            return text.substring(start, at);
        }

        String rest() {
            return text.substring(at);
        }
    }
}
