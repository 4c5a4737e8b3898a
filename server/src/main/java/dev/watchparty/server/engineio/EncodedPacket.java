package dev.watchparty.server.engineio;

import java.util.List;

/**
 * A packet as it goes over the wire: an Engine.IO packet in text, and the binary ones that follow it. Immutable.
 *
 * @param text UTF-8; none if empty
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record EncodedPacket(byte[] text, List<byte[]> attachments) {
    public EncodedPacket {
        attachments = List.copyOf(attachments);
    }

    /** Frames it for sending. The caller releases the message. */
    public OutboundMessage toMessage() {
        return OutboundMessage.of(List.of(this));
    }
}
