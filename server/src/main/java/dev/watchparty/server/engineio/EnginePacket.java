package dev.watchparty.server.engineio;

import java.util.Base64;

/** A packet as a client sends it: Engine.IO v4, "Protocol" and "Packet encoding". */
final class EnginePacket {
    /** Between the packets of a polling payload. */
    static final char SEPARATOR = '\u001e';

    /** Before the base64 of a binary packet in a polling payload. */
    static final char BINARY_PREFIX = 'b';

    /** The payload that marks the ping and pong of an upgrade: "Upgrade". */
    static final String PROBE = "probe";

    /** In the order of their numbers. */
    enum Type {
        OPEN,
        CLOSE,
        PING,
        PONG,
        MESSAGE,
        UPGRADE,
        NOOP;

        private static final Type[] BY_NUMBER = values();
    }

    private final Type type;
    private final String text;
    private final byte[] binary;

    private EnginePacket(Type type, String text, byte[] binary) {
        this.type = type;
        this.text = text;
        this.binary = binary;
    }

    static EnginePacket ofText(String packet) throws MalformedPacketException {
        int number = packet.isEmpty() ? -1 : packet.charAt(0) - '0';
        if (number < 0 || number >= Type.BY_NUMBER.length) {
            throw new MalformedPacketException("unknown Engine.IO packet type (expected: 0 .. 6)");
        }
        return new EnginePacket(Type.BY_NUMBER[number], packet.substring(1), null);
    }

    static EnginePacket ofBinary(byte[] message) {
        return new EnginePacket(Type.MESSAGE, null, message);
    }

    /** Reads one packet of a polling payload. */
    static EnginePacket ofPayloadPart(String part) throws MalformedPacketException {
        if (part.isEmpty() || part.charAt(0) != BINARY_PREFIX) {
            return ofText(part);
        }
        try {
            // The Java client wraps its base64 into lines, which only the MIME variant reads.
            return ofBinary(Base64.getMimeDecoder().decode(part.substring(1)));
        } catch (IllegalArgumentException e) {
            throw new MalformedPacketException("binary packet is not base64");
        }
    }

    /** The type of its first character; a message if the packet is binary. */
    Type type() {
        return type;
    }

    /** The text after the type; null for a binary packet. */
    String text() {
        return text;
    }

    /** Null for a text packet. */
    byte[] binary() {
        return binary;
    }

    boolean isProbe() {
        return type == Type.PING && PROBE.equals(text);
    }
}
