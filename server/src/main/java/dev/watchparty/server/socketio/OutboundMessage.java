package dev.watchparty.server.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Base64;
import java.util.List;

/**
 * One message, encoded and framed once, for any number of clients on any transport.
 *
 * <p>It holds its WebSocket frames as they go out; a polling answer takes the payloads out of them. Counted by
 * reference: whoever makes one releases it, and every {@link Outbox} holds a reference of its own.
 */
final class OutboundMessage {
    /** Engine.IO v4, "Heartbeat". Needed by every session all the time, hence never released. */
    static final OutboundMessage PING = new OutboundMessage(Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes(new byte[] {(byte) 0x81, 1, '2'}).asReadOnly()));

    private static final int FINAL_TEXT = 0x81; // RFC 6455 section 5.2: FIN and the opcode
    private static final int FINAL_BINARY = 0x82;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final int MAX_2_BYTES = 0xffff;

    private final ByteBuf frames;

    private OutboundMessage(ByteBuf frames) {
        this.frames = frames;
    }

    /** Makes a message of an Engine.IO packet in text. */
    static OutboundMessage of(String packet) {
        return of(packet.getBytes(UTF_8), List.of());
    }

    /**
     * Makes a message of an Engine.IO packet in text and the binary packets that follow it: Engine.IO v4, "Packet
     * encoding", "WebSocket".
     *
     * @param text UTF-8; none if empty
     */
    static OutboundMessage of(byte[] text, List<byte[]> attachments) {
        int size = text.length == 0 ? 0 : frameLength(text);
        for (byte[] attachment : attachments) {
            size += frameLength(attachment);
        }
        // INVARIANT: no room is left behind the frames, so that no handler of a connection can write into all copies.
        ByteBuf frames = PooledByteBufAllocator.DEFAULT.directBuffer(size, size);
        if (text.length > 0) {
            writeFrame(frames, FINAL_TEXT, text);
        }
        for (byte[] attachment : attachments) {
            writeFrame(frames, FINAL_BINARY, attachment);
        }
        return new OutboundMessage(frames);
    }

    private static int frameLength(byte[] payload) {
        if (payload.length < LENGTH_IN_2_BYTES) {
            return 2 + payload.length;
        }
        return (payload.length <= MAX_2_BYTES ? 4 : 10) + payload.length;
    }

    private static void writeFrame(ByteBuf out, int opcode, byte[] payload) {
        out.writeByte(opcode);
        if (payload.length < LENGTH_IN_2_BYTES) {
            out.writeByte(payload.length);
        } else if (payload.length <= MAX_2_BYTES) {
            out.writeByte(LENGTH_IN_2_BYTES).writeShort(payload.length);
        } else {
            out.writeByte(LENGTH_IN_8_BYTES).writeLong(payload.length);
        }
        out.writeBytes(payload);
    }

    /** Its bytes on a WebSocket. */
    int length() {
        return frames.readableBytes();
    }

    OutboundMessage retain() {
        frames.retain();
        return this;
    }

    void release() {
        frames.release();
    }

    /** The frames, as a channel writes them. The caller's reference goes with them. */
    ByteBuf toFrames() {
        return frames.duplicate();
    }

    /**
     * Appends the packets to a polling payload: separated by U+001E, binary ones in base64 behind a {@code b}. Engine.IO
     * v4, "Packet encoding", "HTTP long-polling".
     */
    void appendTo(ByteBuf payload) {
        ByteBuf in = frames.duplicate();
        while (in.isReadable()) {
            if (payload.isReadable()) {
                payload.writeByte(EnginePacket.SEPARATOR);
            }
            int opcode = in.readUnsignedByte();
            int length = readLength(in);
            if (opcode == FINAL_TEXT) {
                payload.writeBytes(in, length);
            } else {
                byte[] bytes = new byte[length];
                in.readBytes(bytes);
                payload.writeByte(EnginePacket.BINARY_PREFIX)
                        .writeBytes(Base64.getEncoder().encode(bytes));
            }
        }
    }

    private static int readLength(ByteBuf in) {
        int length = in.readUnsignedByte();
        return switch (length) {
            case LENGTH_IN_2_BYTES -> in.readUnsignedShort();
            case LENGTH_IN_8_BYTES -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }
}
