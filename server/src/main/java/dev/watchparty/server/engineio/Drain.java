package dev.watchparty.server.engineio;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Moves the clients away, a few at a time and in no order, so that they do not all arrive elsewhere at once. A client
 * that comes meanwhile, because a balancer has not noticed yet, has its turn after the others.
 */
final class Drain {
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);

    private final EngineSessions sessions;
    private final Queue<EngineSession> next = new ArrayDeque<>();

    Drain(EngineSessions sessions) {
        this.sessions = sessions;
    }

    /** Returns when the time has passed, and all clients are told to go. Blocks. An interrupt ends it early. */
    void run(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        try {
            for (long left = duration.toNanos(); left > 0 && sessions.size() > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.sleep(Math.min(left, SLICE));
                close(due(left));
            }
            // A slice that took too long, or a client that came during the last one, leaves some behind.
            sessions.closeAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of one client in a hundred slices, a hundredth is due in each: so a fraction becomes a chance. */
    private int due(long left) {
        double exact = sessions.size() / Math.ceil((double) left / SLICE);
        return (int) (exact + ThreadLocalRandom.current().nextDouble());
    }

    private void close(int count) {
        for (int i = 0; i < count; i++) {
            if (next.isEmpty()) {
                List<EngineSession> open = new ArrayList<>(sessions.all());
                Collections.shuffle(open);
                next.addAll(open);
            }
            EngineSession session = next.poll();
            if (session != null) {
                session.close(DisconnectReason.SERVER_SHUTDOWN);
            }
        }
    }
}
