package dev.watchparty.server.engineio;

import java.util.ArrayDeque;

/**
 * The messages that wait to be sent to one client.
 *
 * <p>INVARIANT: messages leave in the order of the calls to {@link #offer}, whichever threads make them, and whichever
 * transport carries them: there is one queue per session, and only the session's event loop takes from it. Its lock is
 * held for a few instructions and never while other code is called.
 */
final class Outbox {
    /**
     * The cost of one queued message besides its bytes, if it waits only here: the message, its buffer, its entry in
     * the queue.
     */
    private static final int OVERHEAD = 160;

    /** The result of an offer. */
    enum Offer {
        /** Queued; the caller must make sure that the session flushes. */
        FLUSH_NEEDED,
        /** Queued; an earlier caller has requested the flush. */
        QUEUED,
        /** Refused: too much waits. The outbox is closed now; the caller must close the session. */
        OVERFLOW,
        /** Refused: the session has ended, or the message may be skipped and there is no room. */
        REFUSED
    }

    private final long maxBytes; // not counting the longest message
    private final QueuedOutput all;
    private final ArrayDeque<OutboundMessage> queue = new ArrayDeque<>(2);
    private volatile int length; // of the queue
    private long bytes;
    private int longest; // of all messages so far, with its overhead
    private boolean flushPending;
    private boolean closed;

    /** @param all counts its bytes together with those of all clients */
    Outbox(int maxBytes, QueuedOutput all) {
        this.maxBytes = maxBytes;
        this.all = all;
    }

    /** Queues a message and retains it. */
    synchronized Offer offer(OutboundMessage message) {
        if (closed) {
            return Offer.REFUSED;
        }
        if (!hasRoomFor(message)) {
            close();
            return Offer.OVERFLOW;
        }
        return add(message);
    }

    /** Queues a message if there is room for it. A refusal has no other consequence. */
    synchronized Offer offerVolatile(OutboundMessage message) {
        return closed || !hasRoomFor(message) ? Offer.REFUSED : add(message);
    }

    /**
     * Whether the message fits, not counting the longest message. The server chose the length of that one, so it does
     * not show how fast the client reads.
     */
    private boolean hasRoomFor(OutboundMessage message) {
        longest = Math.max(longest, cost(message));
        return queue.isEmpty() || bytes + cost(message) <= maxBytes + longest;
    }

    private static int cost(OutboundMessage message) {
        return message.length() + OVERHEAD;
    }

    private Offer add(OutboundMessage message) {
        queue.add(message.retain());
        length = queue.size();
        bytes += cost(message);
        all.add(OVERHEAD);
        if (flushPending) {
            return Offer.QUEUED;
        }
        flushPending = true;
        return Offer.FLUSH_NEEDED;
    }

    /** Called by a flush before it takes messages, so that later offers request another flush. */
    synchronized void flushing() {
        flushPending = false;
    }

    /** Takes the next message, and its reference; null if there is none. */
    synchronized OutboundMessage poll() {
        OutboundMessage message = queue.poll();
        if (message != null) {
            length = queue.size();
            bytes -= cost(message);
            all.add(-OVERHEAD);
        }
        return message;
    }

    /** Like {@link #poll()}, if the message has at most this many bytes. */
    synchronized OutboundMessage pollUpTo(int length) {
        OutboundMessage message = queue.peek();
        return message != null && message.length() <= length ? poll() : null;
    }

    /** Whether nothing waits; needs no lock. */
    boolean isEmpty() {
        return length == 0;
    }

    /** The bytes of the waiting messages, including the overhead of each. */
    synchronized long bytes() {
        return bytes;
    }

    /** Drops the waiting messages and refuses further ones. */
    synchronized void close() {
        closed = true;
        all.add((long) -OVERHEAD * queue.size());
        queue.forEach(OutboundMessage::release);
        queue.clear();
        length = 0;
        bytes = 0;
    }
}
