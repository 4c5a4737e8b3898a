package dev.watchparty.server.socketio;

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
 * <p>What waits here is bounded by what the server can come to say while one of its loops is busy, since no loop blocks: a
 * moment's broadcasts, each held once for all their receivers. What a client is too slow for waits in its own outbox, whose
 * bytes are counted.
 */
final class Deliveries {
    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
    private static final LoopLocal<Deliveries> OF_LOOP = new LoopLocal<>(Deliveries::new);

    private final EventLoop loop;
    private List<Delivery> waiting = new ArrayList<>(); // emptied by the task that the first of them starts

    // Touched on the loop only.
    private final List<EngineSession> touched = new ArrayList<>();
    private boolean draining;

    /** A message, for some sessions of the loop. */
    interface Delivery {
        /** Writes or queues the message for each session, and keeps those that have to be flushed. */
        void deliver(Consumer<EngineSession> touched);

        /** Lets go of the message. Called once, last. */
        void release();
    }

    private Deliveries(EventLoop loop) {
        this.loop = loop;
    }

    /** Those of an event loop, which must be the caller's. */
    static Deliveries of(EventLoop loop) {
        return OF_LOOP.of(loop);
    }

    /** Takes a delivery, and releases it in any case. The loop delivers it; this call writes nothing itself. Any thread. */
    void add(Delivery delivery) {
        synchronized (this) {
            waiting.add(delivery);
            if (waiting.size() > 1) {
                return; // somebody before has seen to it
            }
        }
        try {
            loop.execute(this::drain);
        } catch (RejectedExecutionException e) {
            log.debug("Messages dropped: their event loop has stopped");
            take().forEach(Delivery::release);
        }
    }

    private synchronized List<Delivery> take() {
        List<Delivery> taken = waiting;
        waiting = new ArrayList<>();
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
                taken.forEach(delivery -> deliver(delivery, touched::add));
                touched.forEach(EngineSession::flushDelivered);
            }
        } finally {
            taken.forEach(Delivery::release);
            touched.clear();
            draining = false;
        }
    }

    private static void deliver(Delivery delivery, Consumer<EngineSession> touched) {
        try {
            delivery.deliver(touched);
        } catch (RuntimeException | Error e) {
            log.error("A message could not be delivered to all: {}", Untrusted.describe(e));
        }
    }
}
