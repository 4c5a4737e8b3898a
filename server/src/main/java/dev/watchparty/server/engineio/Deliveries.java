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
 * What is on its way to the WebSockets of one event loop: handed over from any thread, in a step whatever the number of
 * receivers, and written by the loop.
 *
 * <p>INVARIANT: what is handed over is delivered in the order of the calls to {@link #add}, each to all its receivers
 * before the next to any. A WebSocket never leaves its loop, and so each client gets its messages in that order.
 *
 * <p>What waits here is bounded. What the loop hands over itself, it delivers at once when that is much: a short request may
 * have a long answer. What other threads hand over is counted: while more than half of {@link #MAX_WAITING} bytes wait,
 * heartbeats are skipped; a message that would be beyond all of it is dropped, and its receivers are closed as too slow and
 * have to come back. An eighth of that is all when there is too little memory for the output of all clients. What a single client is too slow for waits in its own outbox.
 */
public final class Deliveries {
    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
    private static final LoopLocal<Deliveries> OF_LOOP = new LoopLocal<>(Deliveries::new);

    /** What may wait of other threads, bytes: for small messages that is a hundred thousand, many seconds' worth. */
    static final int MAX_WAITING = 32 << 20;

    /** What one delivery costs beside the bytes of its message. */
    private static final int OVERHEAD = 128;

    /** Which part of all that may wait for clients one loop may have handed over to itself before it delivers. */
    private static final int OWN_PART = 8;

    private static final long MIN_OWN = 1 << 20;
    private static final long MAX_OWN = 8 << 20;

    private final EventLoop loop;
    private final ThrottledLog lagging = new ThrottledLog(count -> log.atWarn()
            .addKeyValue("count", count)
            .log("messages dropped: an event loop lags behind; the receivers of any but heartbeats are closed"));
    private List<Delivery> waiting = new ArrayList<>(); // emptied by the task that the first of them starts
    private long waitingBytes; // of other threads
    private long waitingForOthers; // how many of other threads
    private long ownBytes;
    private volatile QueuedOutput output = QueuedOutput.UNBOUNDED;

    // Touched on the loop only.
    private final List<EngineSession> toFlush = new ArrayList<>();
    private boolean draining;

    /** A message, for some sessions of the loop. */
    public interface Delivery {
        OutboundMessage message();

        /** Whether a receiver that cannot take it now may go without. */
        boolean isVolatile();

        /** Writes or queues the message for each session, and keeps those that have to be flushed. */
        void deliver(Consumer<EngineSession> toFlush);

        /** Closes each session that would have got the message. Any thread. */
        void closeReceivers();

        /** Lets go of the message. Called once, last. */
        default void release() {
            message().release();
        }
    }

    private Deliveries(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Those of an event loop, which must be the caller's.
     *
     * @param output of the server that the loop is of
     */
    static Deliveries of(EventLoop loop, QueuedOutput output) {
        Deliveries deliveries = OF_LOOP.of(loop);
        deliveries.output = output;
        return deliveries;
    }

    /** Takes a delivery, and releases it in any case. The loop delivers it; this call writes nothing itself. Any thread. */
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
            drain(); // in order, and no listener is called by that, whatever locks the caller holds
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

    /** Those who miss a message may get later ones until they are closed: no event needs the one before it. */
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

    /** Delivers what has been handed over, in one go for each client. Called on the loop. */
    void drain() {
        if (draining) {
            return; // a write below has called back
        }
        draining = true;
        List<Delivery> taken = take();
        try {
            if (taken.size() == 1) {
                // Each client is done with while it is in the processor's cache.
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
