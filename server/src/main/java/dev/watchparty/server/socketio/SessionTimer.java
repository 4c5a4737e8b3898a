package dev.watchparty.server.socketio;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One timer of a session, restartable. Used by the tasks of one {@link Mailbox}, where its own task runs too.
 *
 * <p>INVARIANT: after {@link #cancel} or another {@link #start} the earlier task does not run, even if its time had come
 * and it was already on its way to the mailbox.
 */
final class SessionTimer {
    private final Mailbox mailbox;
    private Future<?> pending;
    private int starts;

    SessionTimer(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    void start(Duration delay, Runnable task) {
        cancel();
        int start = starts;
        Runnable ifNotCancelled = () -> {
            if (start == starts) {
                pending = null;
                task.run();
            }
        };
        pending = mailbox.loop().schedule(() -> mailbox.run(ifNotCancelled), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    void cancel() {
        starts++;
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }
}
