package dev.watchparty.bench.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The frames that clients send: WebSocket frames, masked in advance. RFC 6455 section 5.2. */
final class ClientFrames {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_CLOSE = 0x88;
    private static final int MASKED = 0x80;
    private static final int MAX_SHORT_LENGTH = 125;
    private static final int LENGTH_FOLLOWS = 126;
    private static final int MAX_LENGTH = 65_535;

    /** Any mask but zeros, which servers need not undo. */
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xe8};

    /** Engine.IO's answer to a ping. */
    private static final ByteBuf PONG = constant(text("3"));

    /** Leaves as a client that leaves on purpose: Socket.IO's DISCONNECT, and WebSocket's close. */
    private static final ByteBuf GOODBYE =
            constant(Unpooled.wrappedBuffer(text("41"), frame(FINAL_CLOSE, NORMAL_CLOSURE)));

    private ClientFrames() {}

    /** Socket.IO's CONNECT to the default namespace. */
    static ByteBuf connect(String auth) {
        return text("40" + auth);
    }

    static ByteBuf pong() {
        return PONG.duplicate();
    }

    static ByteBuf goodbye() {
        return GOODBYE.duplicate();
    }

    /** @param payload up to 65,535 bytes in UTF-8 */
    static ByteBuf text(String payload) {
        return frame(FINAL_TEXT, payload.getBytes(UTF_8));
    }

    private static ByteBuf frame(int head, byte[] payload) {
        if (payload.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "payload: %d bytes (expected: <= %d)".formatted(payload.length, MAX_LENGTH));
        }
        ByteBuf frame = Unpooled.directBuffer(4 + MASK.length + payload.length);
        frame.writeByte(head);
        if (payload.length <= MAX_SHORT_LENGTH) {
            frame.writeByte(MASKED | payload.length);
        } else {
            frame.writeByte(MASKED | LENGTH_FOLLOWS).writeShort(payload.length);
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ MASK[i % MASK.length]);
        }
        return frame;
    }

    private static ByteBuf constant(ByteBuf frame) {
        ByteBuf kept = Unpooled.directBuffer().writeBytes(frame);
        frame.release();
        return Unpooled.unreleasableBuffer(kept.asReadOnly());
    }
}
