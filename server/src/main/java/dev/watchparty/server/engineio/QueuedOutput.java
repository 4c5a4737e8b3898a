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
 * Bounds the output that waits for all clients together. The {@link Outbox} bounds one client's part; without this
 * second bound, many clients that read nothing would fill the memory. When the bound is exceeded, the clients with the
 * longest queues are closed, until the rest is well below the bound.
 *
 * <p>It counts the memory that is held. The bytes of messages are the bytes in use of {@link OutputMemory}. There a
 * message for many clients exists once, wherever it waits: in {@link Deliveries}, outboxes or channels. It also counts
 * each queue's overhead for each message, and all bytes of channels that hold their own copy: those of HTTP, and of
 * TLS.
 *
 * <p>INVARIANT: the memory held is at most the sum of three: the amount at the last look, the amount allocated since,
 * and {@link #beside}. So messages need no accounting of their own. A look at the queues of all clients comes only when
 * that sum has exceeded the bound: at most once in so many bytes of messages, and at most once in {@link
 * #BETWEEN_LOOKS}.
 */
final class QueuedOutput {
    private static final Logger log = LoggerFactory.getLogger(QueuedOutput.class);

    /** For components that are used alone. */
    static final QueuedOutput UNBOUNDED = new QueuedOutput(Long.MAX_VALUE / 2, List::of, List::of);

    /**
     * The cost of a message in a channel besides its bytes: Netty's entry, the duplicate of the buffer, the buffer
     * itself.
     */
    private static final int CHANNEL_OVERHEAD = 256;

    /**
     * A third of the direct memory. Another third is for input. The last third is for memory that pools cannot use and
     * for messages that are being written.
     */
    private static final int PART_OF_DIRECT_MEMORY = 3;

    /**
     * The heap holds the overhead of queues for each message, which is nearly all of the memory if messages are short.
     */
    private static final int PART_OF_HEAP = 4;

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long max;
    private final long low; // the amount that is left after clients have been closed
    private final Supplier<Collection<EngineSession>> sessions;
    private final Supplier<Collection<Channel>> connections;
    private final AtomicLong beside = new AtomicLong();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ThrottledLog beyond = new ThrottledLog(count -> log.atWarn()
            .addKeyValue("count", count)
            .log("clients closed: the output that waits for all together exceeds"
                    + " server.limits.max-queued-bytes-total, and these had the most"));
    private volatile long lookedAt; // OutputMemory.allocated at the last look, less the amount in use then
    private volatile long nextLook = System.nanoTime();
    private volatile boolean exhausted;
    private List<Queue> closing = List.of(); // used by one look at a time

    /**
     * @param max bytes
     * @param sessions the open sessions
     * @param connections the open connections, of sessions and others
     */
    QueuedOutput(long max, Supplier<Collection<EngineSession>> sessions, Supplier<Collection<Channel>> connections) {
        this.max = max;
        this.low = max / 4 * 3;
        this.lookedAt = OutputMemory.allocated() - OutputMemory.used();
        this.sessions = sessions;
        this.connections = connections;
    }

    /** The bound that fits the memory that this process may use, bytes. */
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

    /** The instance that counts a connection's output. */
    static QueuedOutput of(ChannelPipeline pipeline) {
        Meter meter = pipeline.get(Meter.class);
        return meter == null ? UNBOUNDED : meter.output();
    }

    /** Counts one connection's output. It is the pipeline's first handler of plain bytes. */
    Meter newMeter(boolean encrypted) {
        return new Meter(encrypted);
    }

    long max() {
        return max;
    }

    /** Whether too much waits, and closing clients has not helped yet. */
    boolean isExhausted() {
        return exhausted;
    }

    /** Adds the overhead of a waiting message besides its bytes. The caller must subtract it again. */
    void add(long bytes) {
        beside.addAndGet(bytes);
    }

    /**
     * Keeps the bound. It is cheap. Call it whenever a message has begun to wait. Any thread.
     *
     * @param loop any loop of the server
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
            log.debug("The bound of all output is no longer enforced: the event loop has stopped");
        }
    }

    /** It does not run within the call that requires it, since that call may hold locks. */
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

    /** True if another look is needed, because a client has been closed and has not gone yet. */
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
        long allocated = OutputMemory.allocated(); // read first, so that nothing is missed
        long used = OutputMemory.used();
        lookedAt = allocated - used;
        return used + beside.get();
    }

    /** Closes clients, the longest queue first. Returns all clients that have been closed and have not gone yet. */
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

    /** The output that waits for each client, the most first. */
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

    /** The output that waited for one client at the time of the look. */
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
        @SuppressWarnings("FutureReturnValueIgnored") // a failed close needs no handling
        public void close() {
            owner.close();
        }
    }

    /**
     * Counts the output that waits in a channel. If everything that was flushed has left, as is usual, that costs one
     * look.
     *
     * <p>Bytes that have left by themselves since then still count, until the next flush or check, so the count is
     * never too low.
     */
    final class Meter extends ChannelOutboundHandlerAdapter {
        private final boolean encrypted;
        private volatile boolean shared; // its bytes belong to messages, which are counted elsewhere
        private volatile long counted;

        private Meter(boolean encrypted) {
            this.encrypted = encrypted;
        }

        private QueuedOutput output() {
            return QueuedOutput.this;
        }

        /** From now on the channel carries only messages. */
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
            // The number of messages belongs to the loop: another thread may see an outdated one.
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
