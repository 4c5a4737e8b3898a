package dev.watchparty.server.engineio;

import java.util.concurrent.atomic.AtomicLong;
import org.apiguardian.api.API;

/** A budget of bytes that all clients share. Every caller that takes bytes must give them back. */
@API(status = API.Status.INTERNAL)
public final class ByteBudget {
    private final long max;
    private final AtomicLong taken = new AtomicLong();

    public ByteBudget(long max) {
        this.max = max;
    }

    /** Takes the bytes in any case. Returns false if more bytes are taken now than the budget has. */
    public boolean take(long bytes) {
        return taken.addAndGet(bytes) <= max;
    }

    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** How many bytes are taken now. */
    public long taken() {
        return taken.get();
    }
}
