package dev.watchparty.server.engineio;

import java.util.List;

/**
 * A packet in its wire form: an Engine.IO text packet, and the binary packets that follow it. Immutable.
 *
 * @param text UTF-8; none if empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EncodedPacket(byte[] text, List<byte[]> attachments) {
    public EncodedPacket {
        attachments = List.copyOf(attachments);
    }

    /** Frames it for sending. The caller releases the message. */
    public OutboundMessage toMessage() {
        return OutboundMessage.of(List.of(this));
    }
}
