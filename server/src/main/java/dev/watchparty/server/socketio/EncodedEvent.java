package dev.watchparty.server.socketio;

import dev.watchparty.server.engineio.EncodedPacket;
import dev.watchparty.server.engineio.OutboundMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An event in its wire form, or several as one, for any number of sends. It is encoded at most once in each form
 * that clients read; its payload must not change.
 */
public final class EncodedEvent {
    private final Function<WireForm, List<EncodedPacket>> encode;
    private final boolean sameInAllDialects;
    private final Map<Object, List<EncodedPacket>> packets = new ConcurrentHashMap<>(2);

    private EncodedEvent(Function<WireForm, List<EncodedPacket>> encode, boolean sameInAllDialects) {
        this.encode = encode;
        this.sameInAllDialects = sameInAllDialects;
    }

    /** @param encode writes the event in one form */
    static EncodedEvent of(Function<WireForm, List<EncodedPacket>> encode) {
        return new EncodedEvent(encode, false);
    }

    /** @param encode writes an event that every dialect has in the same form */
    static EncodedEvent ofAllDialects(Function<PacketEncoder, List<EncodedPacket>> encode) {
        return new EncodedEvent(form -> encode.apply(form.encoder()), true);
    }

    List<EncodedPacket> packets(WireForm form) {
        return packets.computeIfAbsent(sameInAllDialects ? form.encoder() : form, key -> encode.apply(form));
    }

    /** Frames it for sending. The caller releases the message. */
    OutboundMessage toMessage(WireForm form) {
        return OutboundMessage.of(packets(form));
    }
}
