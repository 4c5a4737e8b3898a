package dev.watchparty.server.engineio;

import dev.watchparty.server.eventloop.LoopLocal;
import dev.watchparty.server.eventloop.OutOfMemory;
import dev.watchparty.server.logging.LogText;
import dev.watchparty.server.logging.ThrottledLog;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages on their way to the WebSockets of one event loop. Any thread hands a message over in one step, whatever
 * the number of receivers, and the loop writes it.
 *
 * <p>INVARIANT: messages are delivered in the order of the calls to {@link #add}, each to all its receivers before the
 * next to any. A WebSocket never leaves its loop, so each client gets its messages in that order.
 *
 * <p>The waiting messages are bounded. The loop delivers its own messages at once when there are many, because a short
 * request may have a long answer. Messages of other threads are counted. While more than half of {@link #MAX_WAITING}
 * bytes wait, heartbeats are skipped. A message that would exceed the whole bound is dropped; its receivers are closed
 * as too slow and have to reconnect. The bound shrinks to an eighth when there is too little memory for the output of
 * all clients. If a single client is too slow, its messages wait in its own outbox.
 */
final class Deliveries {
    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
    private static final LoopLocal<Deliveries> OF_LOOP = new LoopLocal<>(Deliveries::new);

    /** How much may wait from other threads, bytes: about a hundred thousand small messages, many seconds' worth. */
    static final int MAX_WAITING = 32 << 20;

    /** The cost of one delivery besides the bytes of its message. */
    private static final int OVERHEAD = 128;

    /** The fraction (one in so many) of all waiting output that one loop may hand over to itself before it delivers. */
    private static final int OWN_PART = 8;

    private static final long MIN_OWN = 1 << 20;
    private static final long MAX_OWN = 8 << 20;

    private final EventLoop loop;
    private final ThrottledLog lagging = new ThrottledLog(
            count -> log.atWarn()
                    .addKeyValue("count", count)
                    .log(
                            "messages dropped: an event loop lags behind; their receivers are closed, unless only heartbeats were dropped"));
    private List<Delivery> waiting = new ArrayList<>(); // emptied by the task that the first delivery starts
    private long waitingBytes; // from other threads
    private long waitingForOthers; // how many from other threads
    private long ownBytes;
    private volatile QueuedOutput output = QueuedOutput.UNBOUNDED;

    // Touched on the loop only.
    private final List<EngineSession> toFlush = new ArrayList<>();
    private boolean draining;

    /** A message for some sessions of the loop. */
    public interface Delivery {
        OutboundMessage message();

        /** Whether a receiver that cannot take the message now may miss it. */
        boolean isVolatile();

        /** Writes or queues the message for each session, and collects the sessions that must be flushed. */
        void deliver(Consumer<EngineSession> toFlush);

        /** Closes each session that would have received the message. Any thread. */
        void closeReceivers();

        /** Releases the message. Called once, last. */
        default void release() {
            message().release();
        }
    }

    private Deliveries(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * The deliveries of an event loop. The caller must run on that loop.
     *
     * @param output of the server that the loop belongs to
     */
    static Deliveries of(EventLoop loop, QueuedOutput output) {
        Deliveries deliveries = OF_LOOP.of(loop);
        deliveries.output = output;
        return deliveries;
    }

    /**
     * Takes a delivery, and always releases it in the end. The loop delivers it; this call writes nothing itself. Any
     * thread.
     */
    void add(Delivery delivery) {
        boolean isOwn = loop.inEventLoop();
        int cost = delivery.message().length() + OVERHEAD;
        boolean isFirst;
        boolean isRefused;
        boolean isMuch;
        synchronized (this) {
            isFirst = waiting.isEmpty();
            isRefused = !isOwn && !isFirst && waitingBytes + cost > max(delivery);
            if (!isRefused) {
                waiting.add(delivery);
                count(isOwn, cost);
            }
            isMuch = isOwn && ownBytes > maxOwn();
        }
        if (isRefused) {
            refuse(delivery);
        } else if (isFirst) {
            startDrain();
        }
        if (isMuch) {
            drain(); // keeps the order, and calls no listener, so the caller may hold any lock
        }
        output.check(loop);
    }

    private int max(Delivery delivery) {
        int max = output.isExhausted() ? MAX_WAITING / 8 : MAX_WAITING;
        return delivery.isVolatile() ? max / 2 : max;
    }

    private long maxOwn() {
        return Math.max(MIN_OWN, Math.min(MAX_OWN, output.max() / OWN_PART));
    }

    private void count(boolean isOwn, int cost) {
        if (isOwn) {
            ownBytes += cost;
        } else {
            waitingBytes += cost;
            waitingForOthers++;
            output.add(OVERHEAD);
        }
    }

    private void startDrain() {
        try {
            loop.execute(this::drain);
        } catch (RejectedExecutionException e) {
            log.debug("Messages dropped: their event loop has stopped");
            take().forEach(Delivery::release);
        }
    }

    /** A session that misses a message may get later ones until it is closed: no event depends on the one before it. */
    private void refuse(Delivery delivery) {
        lagging.count();
        if (!delivery.isVolatile()) {
            delivery.closeReceivers();
        }
        delivery.release();
    }

    private synchronized List<Delivery> take() {
        List<Delivery> taken = waiting;
        waiting = new ArrayList<>();
        output.add(-OVERHEAD * waitingForOthers);
        waitingForOthers = 0;
        waitingBytes = 0;
        ownBytes = 0;
        return taken;
    }

    /** Delivers everything that has been handed over, in one go for each client. Called on the loop. */
    void drain() {
        if (draining) {
            return; // a write below has called back
        }
        draining = true;
        List<Delivery> taken = take();
        try {
            if (taken.size() == 1) {
                // Each client is finished while it is in the processor's cache.
                deliver(taken.get(0), EngineSession::flushDelivered);
            } else {
                taken.forEach(delivery -> deliver(delivery, toFlush::add));
                toFlush.forEach(EngineSession::flushDelivered);
            }
        } finally {
            taken.forEach(Delivery::release);
            toFlush.clear();
            draining = false;
        }
    }

    private static void deliver(Delivery delivery, Consumer<EngineSession> toFlush) {
        try {
            delivery.deliver(toFlush);
        } catch (RuntimeException | Error e) {
            OutOfMemory.report(e);
            log.error("A message could not be delivered to all: {}", LogText.describe(e));
        }
    }
}
