package dev.watchparty.server.engineio;

import dev.watchparty.server.logging.ThrottledLog;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what waits to be sent to all clients together. One client's part is bounded by its {@link Outbox}; without this,
 * many clients that each read nothing would fill the memory. When the bound is passed, the clients with the longest queues
 * are closed, until what is left is well below it.
 *
 * <p>What counts is what is held. The bytes of messages are those in use of {@link OutputMemory}, where a message for many
 * is once, wherever it waits: in {@link Deliveries}, outboxes or channels. Beside them counts what each queue needs for each
 * message, and all bytes of channels that have a copy of their own: those of HTTP, and of TLS.
 *
 * <p>INVARIANT: what is held is at most what it was at the last look, and what was allocated since, and {@link #beside}. So
 * messages need no account of their own, and a look, which goes over all clients, comes only when that sum has passed the
 * bound: at most once in so many bytes of messages, and in {@link #BETWEEN_LOOKS}.
 */
public final class QueuedOutput {
    private static final Logger log = LoggerFactory.getLogger(QueuedOutput.class);

    /** For parts that stand alone. */
    static final QueuedOutput UNBOUNDED = new QueuedOutput(Long.MAX_VALUE / 2, List::of, List::of);

    /** What a message in a channel needs beside its bytes: Netty's entry, the duplicate of the buffer, the buffer itself. */
    private static final int CHANNEL_OVERHEAD = 256;

    /** A third of the direct memory: another is for input, and the last for what pools cannot use and is on its way. */
    private static final int PART_OF_DIRECT_MEMORY = 3;

    /** The heap has what queues need for each message, which is nearly all of it if messages are short. */
    private static final int PART_OF_HEAP = 4;

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long max;
    private final long low; // what is left when clients have been closed
    private final Supplier<Collection<EngineSession>> sessions;
    private final Supplier<Collection<Channel>> connections;
    private final AtomicLong beside = new AtomicLong();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ThrottledLog beyond = new ThrottledLog(count -> log.atWarn()
            .addKeyValue("count", count)
            .log("clients closed: what waits for all together has passed server.limits.max-queued-bytes-total,"
                    + " and theirs was the most"));
    private volatile long lookedAt; // of OutputMemory.allocated, less what was in use then
    private volatile long nextLook = System.nanoTime();
    private volatile boolean exhausted;
    private List<Queue> closing = List.of(); // touched by one look at a time

    /**
     * @param max bytes
     * @param sessions those that are open
     * @param connections those that are open, of sessions and others
     */
    QueuedOutput(long max, Supplier<Collection<EngineSession>> sessions, Supplier<Collection<Channel>> connections) {
        this.max = max;
        this.low = max / 4 * 3;
        this.lookedAt = OutputMemory.allocated() - OutputMemory.used();
        this.sessions = sessions;
        this.connections = connections;
    }

    /** As much as fits the memory that this process may use, bytes. */
    static long maxForThisProcess() {
        return maxFor(PlatformDependent.maxDirectMemory(), Runtime.getRuntime().maxMemory());
    }

    /**
     * @param directMemory bytes
     * @param heap bytes
     */
    static long maxFor(long directMemory, long heap) {
        return Math.min(directMemory / PART_OF_DIRECT_MEMORY, heap / PART_OF_HEAP);
    }

    /** That which a connection's output is counted by. */
    static QueuedOutput of(ChannelPipeline pipeline) {
        Meter meter = pipeline.get(Meter.class);
        return meter == null ? UNBOUNDED : meter.output();
    }

    /** Counts one connection's output: its pipeline's first handler of plain bytes. */
    Meter newMeter(boolean encrypted) {
        return new Meter(encrypted);
    }

    long max() {
        return max;
    }

    /** Whether more waits than may, and closing clients has not helped yet. */
    boolean isExhausted() {
        return exhausted;
    }

    /** What something that waits needs beside the bytes of its message. What is added has to be taken off again. */
    void add(long bytes) {
        beside.addAndGet(bytes);
    }

    /**
     * Sees to it that the bound is kept. Cheap, and to be called whenever something has begun to wait. Any thread.
     *
     * @param loop any of the server's
     */
    void check(EventLoop loop) {
        if (OutputMemory.allocated() - lookedAt + beside.get() <= max || System.nanoTime() - nextLook < 0) {
            return;
        }
        if (looking.compareAndSet(false, true)) {
            lookLater(loop, 0);
        }
    }

    private void lookLater(EventLoop loop, long delay) {
        try {
            loop.schedule(() -> look(loop), delay, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            looking.set(false);
            log.debug("The bound of all output is kept no more: the event loop has stopped");
        }
    }

    /** Not within the call that has found it necessary, since that may hold locks. */
    private void look(EventLoop loop) {
        boolean again = false;
        try {
            again = lookAndClose();
        } finally {
            nextLook = System.nanoTime() + BETWEEN_LOOKS;
            if (again) {
                lookLater(loop, BETWEEN_LOOKS);
            } else {
                looking.set(false);
            }
        }
    }

    /** True if there is to be another look, since somebody has been closed and not gone yet. */
    private boolean lookAndClose() {
        long held = measure();
        closing = closing.stream().filter(Queue::isThere).toList();
        long leaving = closing.stream().mapToLong(Queue::bytesNow).sum();
        exhausted = held - leaving > max;
        if (exhausted) {
            closing = closeLongest(held - leaving - low);
        }
        return !closing.isEmpty();
    }

    private long measure() {
        for (Channel connection : connections.get()) {
            Meter meter = connection.pipeline().get(Meter.class);
            if (meter != null) {
                meter.measure(connection);
            }
        }
        long allocated = OutputMemory.allocated(); // before, so that nothing is missed
        long used = OutputMemory.used();
        lookedAt = allocated - used;
        return used + beside.get();
    }

    /** Closes clients, the longest queue first; gives all that have been asked to go and are still there. */
    private List<Queue> closeLongest(long excess) {
        List<Queue> all = new ArrayList<>(closing);
        Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
        closing.forEach(queue -> known.add(queue.owner()));
        long left = excess;
        for (Queue longest : queues()) {
            if (left <= 0) {
                break;
            }
            if (known.add(longest.owner())) {
                longest.close();
                beyond.count();
                all.add(longest);
                left -= longest.bytes();
            }
        }
        return all;
    }

    /** What waits for each client, the most first. */
    private List<Queue> queues() {
        List<Queue> queues = new ArrayList<>();
        Set<Channel> webSockets = Collections.newSetFromMap(new IdentityHashMap<>());
        for (EngineSession session : sessions.get()) {
            if (session.transport() instanceof WebSocketTransport webSocket) {
                webSockets.add(webSocket.channel());
            }
            queues.add(new SessionQueue(session, waitingFor(session)));
        }
        for (Channel connection : connections.get()) {
            if (!webSockets.contains(connection)) {
                queues.add(new ConnectionQueue(connection, pendingBytes(connection)));
            }
        }
        queues.removeIf(queue -> queue.bytes() == 0);
        queues.sort(Comparator.comparingLong(Queue::bytes).reversed());
        return queues;
    }

    private static long waitingFor(EngineSession session) {
        return session.queuedBytes()
                + (session.transport() instanceof WebSocketTransport webSocket ? pendingBytes(webSocket.channel()) : 0);
    }

    private static long pendingBytes(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** What waits for one client, as it was when it was looked at. */
    private sealed interface Queue {
        Object owner();

        long bytes();

        long bytesNow();

        boolean isThere();

        void close();
    }

    private record SessionQueue(EngineSession owner, long bytes) implements Queue {
        @Override
        public long bytesNow() {
            return waitingFor(owner);
        }

        @Override
        public boolean isThere() {
            return owner.isOpen();
        }

        @Override
        public void close() {
            owner.cut();
        }
    }

    private record ConnectionQueue(Channel owner, long bytes) implements Queue {
        @Override
        public long bytesNow() {
            return pendingBytes(owner);
        }

        @Override
        public boolean isThere() {
            return owner.isOpen();
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a close that fails has nobody to tell
        public void close() {
            owner.close();
        }
    }

    /**
     * Counts what waits in a channel. When all that is flushed has left, as most often, that costs one look.
     *
     * <p>What has left by itself since is still counted, until the next flush or look: never too little.
     */
    final class Meter extends ChannelOutboundHandlerAdapter {
        private final boolean encrypted;
        private volatile boolean shared; // its bytes are those of messages, which count elsewhere
        private volatile long counted;

        private Meter(boolean encrypted) {
            this.encrypted = encrypted;
        }

        private QueuedOutput output() {
            return QueuedOutput.this;
        }

        /** From now on only messages are written. */
        void onWebSocket() {
            shared = !encrypted;
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            ctx.flush();
            ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
            if (counted != 0 || (buffer != null && buffer.totalPendingWriteBytes() != 0)) {
                measure(ctx.channel());
                check(ctx.channel().eventLoop());
            }
        }

        private void measure(Channel channel) {
            ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
            // The number of messages is the loop's own: another thread may see one that is not the latest.
            long now = buffer == null
                    ? 0
                    : (long) buffer.size() * CHANNEL_OVERHEAD + (shared ? 0 : buffer.totalPendingWriteBytes());
            if (now != counted) {
                count(now);
            }
        }

        private synchronized void count(long now) {
            add(now - counted);
            counted = now;
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            count(0);
        }
    }
}
