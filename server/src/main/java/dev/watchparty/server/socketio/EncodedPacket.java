package dev.watchparty.server.socketio;

import java.util.List;

/**
 * A packet as it goes over the wire: an Engine.IO packet in text, and the binary ones that follow it. Immutable.
 *
 * @param text UTF-8; none if empty
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record EncodedPacket(byte[] text, List<byte[]> attachments) {
    EncodedPacket {
        attachments = List.copyOf(attachments);
    }

    /** Frames it for sending. The caller releases the message. */
    OutboundMessage toMessage() {
        return OutboundMessage.of(List.of(this));
    }
}
