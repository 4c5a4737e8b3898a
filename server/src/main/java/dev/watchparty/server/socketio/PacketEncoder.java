package dev.watchparty.server.socketio;

import dev.watchparty.server.engineio.EncodedPacket;

/** How packets to one client are encoded; a client's first packet shows which encoding it reads. */
sealed interface PacketEncoder permits SocketIoCodec, MsgpackCodec {
    /**
     * Encodes a packet for Engine.IO.
     *
     * @param ackId null for none
     * @param data any value that Jackson can write; null for none
     * @throws IllegalArgumentException if the data cannot be written
     */
    EncodedPacket encode(SocketIoPacket.Type type, String namespace, Long ackId, Object data);
}
