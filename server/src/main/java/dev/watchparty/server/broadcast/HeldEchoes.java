package dev.watchparty.server.broadcast;

import dev.watchparty.server.socketio.EncodedEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Pauses of a room that have not been sent to their own senders yet. The original's page sends a drag of its seek bar
 * as a pause and a play, and the echo of the pause would stop it.
 *
 * <p>INVARIANT: every method is called with the room's monitor held, except the timer's, which takes it.
 */
final class HeldEchoes {
    private final Object monitor;
    private final ScheduledExecutorService timer;
    private final BiConsumer<String, EncodedEvent> sender;
    private final Map<String, Held> bySocket = new LinkedHashMap<>();

    private record Held(EncodedEvent event, Future<?> release) {}

    /**
     * @param monitor the room's monitor
     * @param sender sends an event to a socket
     */
    HeldEchoes(Object monitor, ScheduledExecutorService timer, BiConsumer<String, EncodedEvent> sender) {
        this.monitor = monitor;
        this.timer = timer;
        this.sender = sender;
    }

    /** Sends an echo after a delay, unless it is released or dropped before. */
    void hold(String socketId, EncodedEvent event, Duration delay) {
        Future<?> release =
                timer.schedule(() -> releaseLater(socketId, event), delay.toMillis(), TimeUnit.MILLISECONDS);
        bySocket.put(socketId, new Held(event, release));
    }

    private void releaseLater(String socketId, EncodedEvent event) {
        synchronized (monitor) {
            Held held = bySocket.get(socketId);
            if (held != null && held.event() == event) {
                release(socketId);
            }
        }
    }

    /** Sends all of them: a held echo is sent before a later change, so that its receiver sees the numbers rise. */
    void releaseAll() {
        List.copyOf(bySocket.keySet()).forEach(this::release);
    }

    /** Sends the echo of a socket, if there is one. */
    void release(String socketId) {
        Held held = bySocket.remove(socketId);
        if (held != null) {
            held.release().cancel(false);
            sender.accept(socketId, held.event());
        }
    }

    /** Drops the echo of a socket, if there is one. */
    void drop(String socketId) {
        Held held = bySocket.remove(socketId);
        if (held != null) {
            held.release().cancel(false);
        }
    }
}
