package dev.watchparty.server.engineio;

import dev.watchparty.server.eventloop.OutOfMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of outgoing messages, for all servers of the process: a separate pool, which knows how much of it is in
 * use. A message that waits for thousands of clients exists once, and counts once.
 */
final class OutputMemory {
    /** Chunks of 1 MiB: each thread reserves at least one, and Netty's 4 MiB would be too much of a small memory. */
    private static final int MAX_ORDER = 7;

    private static final PooledByteBufAllocator POOL = new PooledByteBufAllocator(
            true,
            0, // arenas on the heap
            Math.max(1, PooledByteBufAllocator.defaultNumDirectArena()),
            PooledByteBufAllocator.defaultPageSize(),
            Math.min(PooledByteBufAllocator.defaultMaxOrder(), MAX_ORDER),
            PooledByteBufAllocator.defaultSmallCacheSize(),
            PooledByteBufAllocator.defaultNormalCacheSize(),
            PooledByteBufAllocator.defaultUseCacheForAllThreads());

    private static final AtomicLong allocated = new AtomicLong();

    private OutputMemory() {}

    /**
     * Allocates memory for a message of exactly this many bytes. When no direct memory is left, it uses the heap, so
     * that no client misses a message unnoticed: a client that cannot be sent the message then is closed.
     */
    static ByteBuf allocate(int length) {
        allocated.addAndGet(length);
        try {
            return POOL.directBuffer(length, length);
        } catch (OutOfMemoryError e) {
            if (!OutOfMemory.isOfDirectMemory(e)) {
                throw e;
            }
            OutOfMemory.report(e);
            return Unpooled.buffer(length, length);
        }
    }

    /**
     * How many bytes have been allocated since the process began; only differences are meaningful. It costs nothing.
     */
    static long allocated() {
        return allocated.get();
    }

    /** How many bytes are in use, including the pool's overhead for each message. It takes the locks of the pool. */
    static long used() {
        return POOL.pinnedDirectMemory();
    }
}
