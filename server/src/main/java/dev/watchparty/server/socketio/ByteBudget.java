package dev.watchparty.server.socketio;

import java.util.concurrent.atomic.AtomicLong;

/** So many bytes for all clients together. What is taken has to be given back. */
final class ByteBudget {
    private final long max;
    private final AtomicLong taken = new AtomicLong();

    ByteBudget(long max) {
        this.max = max;
    }

    /** Takes bytes in any case; false if more are taken now than there are. */
    boolean take(long bytes) {
        return taken.addAndGet(bytes) <= max;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** How many are taken now. */
    long taken() {
        return taken.get();
    }
}
