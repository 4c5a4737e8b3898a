package dev.watchparty.server.engineio;

import java.util.ArrayDeque;

/**
 * What waits to be sent to one client.
 *
 * <p>INVARIANT: messages leave in the order of the calls to {@link #offer}, whichever threads made them, and over
 * whichever transport: there is one queue a session, and only the session's event loop takes from it. Its lock is held
 * for a few instructions and never while other code is called.
 */
final class Outbox {
    /** What one queued message costs beside its bytes, if it waits here alone: itself, its buffer, the place in the queue. */
    private static final int OVERHEAD = 160;

    /** What became of an offer. */
    enum Offer {
        /** Queued; the caller must see to it that the session flushes. */
        FLUSH_NEEDED,
        /** Queued; somebody before has seen to the flush. */
        QUEUED,
        /** Refused: more waits than may. The outbox is closed now; the caller must close the session. */
        OVERFLOW,
        /** Refused: the session has ended, or the message may be skipped and there is no room. */
        REFUSED
    }

    private final long maxBytes; // beside the longest message
    private final QueuedOutput all;
    private final ArrayDeque<OutboundMessage> queue = new ArrayDeque<>(2);
    private volatile int length; // of the queue
    private long bytes;
    private int longest; // of all messages so far, with its overhead
    private boolean flushPending;
    private boolean closed;

    /** @param all where it is counted with those of all clients */
    Outbox(int maxBytes, QueuedOutput all) {
        this.maxBytes = maxBytes;
        this.all = all;
    }

    /** Queues a message, of which it then holds a reference of its own. */
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

    /** Queues a message if there is room for it: refusing it has no other consequence. */
    synchronized Offer offerVolatile(OutboundMessage message) {
        return closed || !hasRoomFor(message) ? Offer.REFUSED : add(message);
    }

    /**
     * Whether it is not too much, the longest message apart: that is as long as the server has made it, and says nothing of
     * how its receiver reads.
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

    /** Called by a flush before it takes messages, so that what is offered from now on asks for another. */
    synchronized void flushing() {
        flushPending = false;
    }

    /** Takes the next message, and with it the reference; null if there is none. */
    synchronized OutboundMessage poll() {
        OutboundMessage message = queue.poll();
        if (message != null) {
            length = queue.size();
            bytes -= cost(message);
            all.add(-OVERHEAD);
        }
        return message;
    }

    /** As {@link #poll()}, if the message has at most so many bytes. */
    synchronized OutboundMessage pollUpTo(int length) {
        OutboundMessage message = queue.peek();
        return message != null && message.length() <= length ? poll() : null;
    }

    /** Whether nothing waits; needs no lock. */
    boolean isEmpty() {
        return length == 0;
    }

    /** What waits, with what each message costs beside its bytes. */
    synchronized long bytes() {
        return bytes;
    }

    /** Drops what waits and refuses whatever comes. */
    synchronized void close() {
        closed = true;
        all.add((long) -OVERHEAD * queue.size());
        queue.forEach(OutboundMessage::release);
        queue.clear();
        length = 0;
        bytes = 0;
    }
}
