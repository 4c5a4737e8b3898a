package dev.watchparty.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Splits what Redis sends, in version 2 or 3 of its protocol, into whole replies and messages. */
final class RespFrames {
    private static final int INCOMPLETE = -1;
    private static final Pattern MESSAGE = Pattern.compile("[>*]\\d+\r\n\\$\\d\r\n[ps]?message\r\n");

    private byte[] rest = {};

    /** Takes the next bytes, and returns what is complete now. */
    List<byte[]> split(byte[] bytes) {
        byte[] all = Arrays.copyOf(rest, rest.length + bytes.length);
        System.arraycopy(bytes, 0, all, rest.length, bytes.length);
        List<byte[]> frames = new ArrayList<>();
        int start = 0;
        for (int end = end(all, 0); end != INCOMPLETE; end = end(all, start)) {
            frames.add(Arrays.copyOfRange(all, start, end));
            start = end;
        }
        rest = Arrays.copyOfRange(all, start, all.length);
        return frames;
    }

    /** Whether it is what a subscriber gets when somebody publishes. */
    static boolean isMessage(byte[] frame) {
        return MESSAGE.matcher(new String(frame, UTF_8)).lookingAt();
    }

    /** The index after the value that starts there. */
    private static int end(byte[] all, int start) {
        int line = start;
        while (line < all.length && all[line] != '\n') {
            line++;
        }
        if (line >= all.length) {
            return INCOMPLETE;
        }
        int next = line + 1;
        return switch (all[start]) {
            case '$', '!', '=' -> endOfBlob(all, next, number(all, start, line));
            case '*', '~', '>' -> endOfParts(all, next, number(all, start, line));
            case '%' -> endOfParts(all, next, 2 * number(all, start, line));
            // Attributes belong to the value that follows them.
            case '|' -> endOfParts(all, next, 2 * number(all, start, line) + 1);
            default -> next;
        };
    }

    private static int endOfBlob(byte[] all, int start, int length) {
        int end = length < 0 ? start : start + length + 2;
        return end <= all.length ? end : INCOMPLETE;
    }

    private static int endOfParts(byte[] all, int start, int parts) {
        int end = start;
        for (int i = 0; i < parts && end != INCOMPLETE; i++) {
            end = end(all, end);
        }
        return end;
    }

    private static int number(byte[] all, int start, int line) {
        return Integer.parseInt(new String(all, start + 1, line - start - 2, UTF_8));
    }
}
