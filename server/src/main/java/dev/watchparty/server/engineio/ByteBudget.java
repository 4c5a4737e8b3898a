package dev.watchparty.server.engineio;

import java.util.concurrent.atomic.AtomicLong;

/** So many bytes for all clients together. What is taken has to be given back. */
public final class ByteBudget {
    private final long max;
    private final AtomicLong taken = new AtomicLong();

    public ByteBudget(long max) {
        this.max = max;
    }

    /** Takes bytes in any case; false if more are taken now than there are. */
    public boolean take(long bytes) {
        return taken.addAndGet(bytes) <= max;
    }

    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** How many are taken now. */
    public long taken() {
        return taken.get();
    }
}
