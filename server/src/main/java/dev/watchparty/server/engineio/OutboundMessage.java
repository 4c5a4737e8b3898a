package dev.watchparty.server.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.util.Base64;
import java.util.List;
import org.apiguardian.api.API;

/**
 * One message, or several as one, encoded and framed once, for any number of clients on any transport.
 *
 * <p>It holds its WebSocket frames as they are sent; a polling answer extracts the payloads from them. It is
 * reference-counted: its maker releases it, and every {@link Outbox} and {@link Deliveries.Delivery} holds its own
 * reference.
 */
@API(status = API.Status.INTERNAL)
public final class OutboundMessage extends AbstractReferenceCounted {
    /** Engine.IO v4, "Heartbeat": the ping. It is kept because all sessions need it all the time. */
    static final OutboundMessage PING = new OutboundMessage(frame("2"));

    private static final int FINAL_TEXT = 0x81; // RFC 6455 section 5.2: FIN and the opcode
    private static final int FINAL_BINARY = 0x82;
    private static final int COMPRESSED = 0x40; // RSV1, RFC 7692 section 6
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final int MAX_2_BYTES = 0xffff;

    private final ByteBuf frames;
    private ByteBuf compressedFrames; // created for the first client that inflates

    private OutboundMessage(ByteBuf frames) {
        this.frames = frames;
    }

    private static ByteBuf frame(String packet) {
        ByteBuf frame = Unpooled.directBuffer();
        writeFrame(frame, FINAL_TEXT, Unpooled.copiedBuffer(packet, UTF_8));
        return frame.asReadOnly();
    }

    /** Makes a message of an Engine.IO text packet. */
    static OutboundMessage of(String packet) {
        return of(List.of(new EncodedPacket(packet.getBytes(UTF_8), List.of())));
    }

    /** Makes a message of consecutive packets: Engine.IO v4, "Packet encoding", "WebSocket". */
    public static OutboundMessage of(List<EncodedPacket> packets) {
        int size = 0;
        for (EncodedPacket packet : packets) {
            size += frameLength(packet);
        }
        // INVARIANT: no spare room follows the frames, so that no handler of a connection can write into all copies.
        ByteBuf frames = OutputMemory.allocate(size);
        for (EncodedPacket packet : packets) {
            writeFrames(frames, packet);
        }
        return new OutboundMessage(frames);
    }

    private static int frameLength(EncodedPacket packet) {
        int length = packet.text().length == 0 ? 0 : frameLength(packet.text().length);
        for (byte[] attachment : packet.attachments()) {
            length += frameLength(attachment.length);
        }
        return length;
    }

    private static void writeFrames(ByteBuf out, EncodedPacket packet) {
        if (packet.text().length > 0) {
            writeFrame(out, FINAL_TEXT, Unpooled.wrappedBuffer(packet.text()));
        }
        for (byte[] attachment : packet.attachments()) {
            writeFrame(out, FINAL_BINARY, Unpooled.wrappedBuffer(attachment));
        }
    }

    private static int frameLength(int payloadLength) {
        if (payloadLength < LENGTH_IN_2_BYTES) {
            return 2 + payloadLength;
        }
        return (payloadLength <= MAX_2_BYTES ? 4 : 10) + payloadLength;
    }

    private static void writeFrame(ByteBuf out, int head, ByteBuf payload) {
        int length = payload.readableBytes();
        out.writeByte(head);
        if (length < LENGTH_IN_2_BYTES) {
            out.writeByte(length);
        } else if (length <= MAX_2_BYTES) {
            out.writeByte(LENGTH_IN_2_BYTES).writeShort(length);
        } else {
            out.writeByte(LENGTH_IN_8_BYTES).writeLong(length);
        }
        out.writeBytes(payload);
    }

    /** The size of its frames on a WebSocket, uncompressed, bytes. */
    int length() {
        return frames.readableBytes();
    }

    /** The frames, for a channel that writes and releases them. */
    ByteBuf frames() {
        return frames.retainedDuplicate();
    }

    /**
     * Like {@link #frames}, with every payload compressed that is long enough.
     *
     * @param threshold the shortest payload that is compressed, bytes
     */
    ByteBuf compressedFrames(int threshold) {
        return compressed(threshold).retainedDuplicate();
    }

    private synchronized ByteBuf compressed(int threshold) {
        if (compressedFrames == null) {
            compressedFrames = compress(threshold).asReadOnly();
        }
        return compressedFrames;
    }

    private ByteBuf compress(int threshold) {
        ByteBuf compressed = Unpooled.buffer(length());
        forEachFrame((head, payload) -> {
            if (payload.readableBytes() < threshold) {
                writeFrame(compressed, head, payload);
            } else {
                ByteBuf deflated = Unpooled.buffer(payload.readableBytes());
                WebSocketCompression.deflate(payload, deflated);
                writeFrame(compressed, head | COMPRESSED, deflated);
            }
        });
        return OutputMemory.allocate(compressed.readableBytes()).writeBytes(compressed);
    }

    /**
     * Appends the packets to a polling payload: separated by U+001E, binary ones in base64 behind a {@code b}. Engine.IO
     * v4, "Packet encoding", "HTTP long-polling".
     */
    public void appendTo(ByteBuf polled) {
        forEachFrame((head, payload) -> {
            if (polled.isReadable()) {
                polled.writeByte(EnginePacket.SEPARATOR);
            }
            if (head == FINAL_TEXT) {
                polled.writeBytes(payload);
            } else {
                polled.writeByte(EnginePacket.BINARY_PREFIX);
                polled.writeBytes(Base64.getEncoder().encode(payload.nioBuffer()));
            }
        });
    }

    private interface FrameConsumer {
        void accept(int head, ByteBuf payload);
    }

    private void forEachFrame(FrameConsumer consumer) {
        ByteBuf in = frames.duplicate();
        while (in.isReadable()) {
            int head = in.readUnsignedByte();
            consumer.accept(head, in.readSlice(readLength(in)));
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

    @Override
    public OutboundMessage retain() {
        super.retain();
        return this;
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        frames.touch(hint);
        return this;
    }

    @Override
    protected void deallocate() {
        frames.release();
        if (compressedFrames != null) {
            compressedFrames.release();
        }
    }
}
