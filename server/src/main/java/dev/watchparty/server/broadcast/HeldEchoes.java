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
 * Pauses of a room that their own senders have still to be told of. The original's page sends a drag of its seek bar as a
 * pause and a play, and the echo of the pause would stop it.
 *
 * <p>INVARIANT: every method is called with the room's monitor held, but for the timer's, which takes it.
 */
final class HeldEchoes {
    private final Object monitor;
    private final ScheduledExecutorService timer;
    private final BiConsumer<String, EncodedEvent> sender;
    private final Map<String, Held> bySocket = new LinkedHashMap<>();

    private record Held(EncodedEvent event, Future<?> release) {}

    /**
     * @param monitor of the room
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

    /** Sends all of them: what is held back goes out before a later change does, so that its receiver sees the numbers rise. */
    void releaseAll() {
        List.copyOf(bySocket.keySet()).forEach(this::release);
    }

    /** Sends that of a socket, if there is one. */
    void release(String socketId) {
        Held held = bySocket.remove(socketId);
        if (held != null) {
            held.release().cancel(false);
            sender.accept(socketId, held.event());
        }
    }

    /** Forgets that of a socket, if there is one. */
    void drop(String socketId) {
        Held held = bySocket.remove(socketId);
        if (held != null) {
            held.release().cancel(false);
        }
    }
}
