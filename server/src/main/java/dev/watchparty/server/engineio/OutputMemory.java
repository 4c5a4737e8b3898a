package dev.watchparty.server.engineio;

import dev.watchparty.server.eventloop.OutOfMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of the messages that go out, of all servers of the process: a pool of its own, which knows what is in use of
 * it. A message that waits for thousands is there once, and counts once.
 */
final class OutputMemory {
    /** Chunks of 1 MiB: each thread reserves at least one, which with Netty's 4 MiB would be too much of a small memory. */
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
     * Gives room for a message of exactly so many bytes. When no direct memory is left it is on the heap, so that no client
     * misses a message unnoticed: whoever cannot be sent it then is closed.
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

    /** How many bytes have been allocated since the process began; only differences mean something. Costs nothing. */
    static long allocated() {
        return allocated.get();
    }

    /** How many bytes are in use, with what the pool adds to each message. Takes the locks of the pool. */
    static long used() {
        return POOL.pinnedDirectMemory();
    }
}
