package dev.watchparty.server.socketio;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An event as it goes over the wire, for any number of sends. It is encoded at most once in each way that clients read;
 * its payload must not change.
 */
public final class EncodedEvent {
    private final Function<PacketEncoder, EncodedPacket> encode;
    private final Map<PacketEncoder, EncodedPacket> packets = new ConcurrentHashMap<>(2);

    /** @param encode writes the event in one way */
    EncodedEvent(Function<PacketEncoder, EncodedPacket> encode) {
        this.encode = encode;
    }

    EncodedPacket packet(PacketEncoder encoder) {
        return packets.computeIfAbsent(encoder, encode);
    }
}
