package dev.watchparty.server.socketio;

import static java.util.Objects.requireNonNull;

/** An event as it goes over the wire, for any number of sends. Immutable. */
public final class EncodedEvent {
    private final EncodedPacket packet;

    EncodedEvent(EncodedPacket packet) {
        this.packet = requireNonNull(packet, "packet is null");
    }

    OutboundMessage toMessage() {
        return packet.toMessage();
    }
}
