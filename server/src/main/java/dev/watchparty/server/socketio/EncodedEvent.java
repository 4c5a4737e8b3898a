package dev.watchparty.server.socketio;

import dev.watchparty.server.engineio.EncodedPacket;
import dev.watchparty.server.engineio.OutboundMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An event in its wire form, or several as one, for any number of sends. It is encoded at most once in each encoding
 * that clients read; its payload must not change.
 */
public final class EncodedEvent {
    private final Function<PacketEncoder, List<EncodedPacket>> encode;
    private final Map<PacketEncoder, List<EncodedPacket>> packets = new ConcurrentHashMap<>(2);

    /** @param encode writes it in one encoding */
    EncodedEvent(Function<PacketEncoder, List<EncodedPacket>> encode) {
        this.encode = encode;
    }

    List<EncodedPacket> packets(PacketEncoder encoder) {
        return packets.computeIfAbsent(encoder, encode);
    }

    /** Frames it for sending. The caller releases the message. */
    OutboundMessage toMessage(PacketEncoder encoder) {
        return OutboundMessage.of(packets(encoder));
    }
}
