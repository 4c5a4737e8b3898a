package dev.watchparty.it.testing;

import java.util.Arrays;
import java.util.zip.Deflater;

/** The payload of a small compressed WebSocket message that inflates to hundreds of megabytes. */
public final class InflateBomb {
    private static final int INFLATED_BYTES = 300 << 20;

    private InflateBomb() {}

    /**
     * It is shorter than the longest accepted message, in the form of RFC 7692: raw, without the tail of its last
     * block.
     */
    public static byte[] payload() {
        Deflater deflater = new Deflater(9, true);
        byte[] bomb = new byte[1_000_000];
        byte[] zeros = new byte[1 << 20];
        int written = 0;
        for (int sent = 0; sent < INFLATED_BYTES; sent += zeros.length) {
            deflater.setInput(zeros);
            for (int more = 1; more > 0; written += more) {
                more = deflater.deflate(bomb, written, bomb.length - written);
            }
        }
        written += deflater.deflate(bomb, written, bomb.length - written, Deflater.SYNC_FLUSH);
        deflater.end();
        if (written == bomb.length) {
            throw new IllegalStateException("bomb: %d bytes or more (expected: fewer)".formatted(written));
        }
        return Arrays.copyOf(bomb, written - 4);
    }
}
