package dev.watchparty.server.engineio;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A packet in its wire form: an Engine.IO text packet, and the binary packets that follow it. Immutable.
 *
 * @param text UTF-8; none if empty
 */
@API(status = API.Status.INTERNAL)
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
