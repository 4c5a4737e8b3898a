package dev.watchparty.server.socketio;

import java.util.List;

/** A packet as it goes over the wire: an Engine.IO packet in text, and the binary ones that follow it. Immutable. */
final class EncodedPacket {
    private final byte[] text; // UTF-8
    private final List<byte[]> attachments;

    EncodedPacket(byte[] text, List<byte[]> attachments) {
        this.text = text;
        this.attachments = List.copyOf(attachments);
    }

    /** Frames it for sending. The caller releases the message. */
    OutboundMessage toMessage() {
        return OutboundMessage.of(text, attachments);
    }
}
