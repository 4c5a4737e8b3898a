package dev.watchparty.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The fates of the next published messages, over all connections. */
final class MessageFates {
    enum Fate {
        LOST,
        REPEATED,
        SWAPPED
    }

    private record Planned(Fate fate, String text) {}

    private final Deque<Planned> planned = new ArrayDeque<>();

    /** Plans for a message that contains the text, after those that are planned already. */
    synchronized void plan(Fate fate, String text) {
        planned.add(new Planned(fate, text));
    }

    synchronized int planned() {
        return planned.size();
    }

    /** The fate of a message, or null if it is to pass. */
    private synchronized Fate next(byte[] message) {
        Planned first = planned.peek();
        if (first == null || !new String(message, UTF_8).contains(first.text())) {
            return null;
        }
        return planned.remove().fate();
    }

    /** The messages of one connection. */
    final class Connection {
        private final RespFrames frames = new RespFrames();
        private boolean hasMessages;
        private byte[] held; // waits for the message after it; null if none does

        /** Takes what Redis sends, and returns what the client is to receive now. */
        List<byte[]> split(byte[] bytes) {
            List<byte[]> passing = new ArrayList<>();
            for (byte[] frame : frames.split(bytes)) {
                if (RespFrames.isMessage(frame)) {
                    hasMessages = true;
                    pass(frame, passing);
                } else {
                    passing.add(frame);
                }
            }
            return passing;
        }

        /** Whether messages have come on it. */
        boolean hasMessages() {
            return hasMessages;
        }

        private void pass(byte[] message, List<byte[]> passing) {
            Fate fate = next(message);
            if (fate == Fate.SWAPPED && held == null) {
                held = message;
                return;
            }
            if (fate != Fate.LOST) {
                passing.add(message);
            }
            if (fate == Fate.REPEATED) {
                passing.add(message);
            }
            if (held != null) {
                passing.add(held);
                held = null;
            }
        }
    }
}
