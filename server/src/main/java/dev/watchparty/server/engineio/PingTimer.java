package dev.watchparty.server.engineio;

import dev.watchparty.server.engineio.TransportConfig.Timeouts;
import dev.watchparty.server.eventloop.Mailbox;
import dev.watchparty.server.eventloop.SessionTimer;

/**
 * Engine.IO v4, "Heartbeat": the server pings, and a client that does not answer in time is considered gone. In the
 * mailbox.
 */
final class PingTimer {
    /** A late ping may take at most one part in this many of the client's time to answer. */
    private static final int PARTS_FOR_LATENESS = 10;

    private final EngineSession session;
    private final long interval; // ns
    private final long timeout; // ns
    private final SessionTimer timer;
    private boolean awaitingPong;
    private long due; // of the next ping, or of the pong; System.nanoTime()

    PingTimer(EngineSession session, Mailbox mailbox, Timeouts timeouts) {
        this.session = session;
        this.interval = timeouts.pingInterval().toNanos();
        this.timeout = timeouts.pingTimeout().toNanos();
        this.timer = mailbox.newTimer(this::onTime);
    }

    /** Waits until the next ping is due. */
    void start() {
        awaitingPong = false;
        due = System.nanoTime() + interval;
        timer.start(interval);
    }

    void onPong() {
        start();
    }

    /** Whether the answer is overdue; the timer that ends the session for that reason may itself be late. */
    boolean isOverdue() {
        return awaitingPong && System.nanoTime() - due >= 0;
    }

    void stop() {
        timer.cancel();
    }

    private void onTime() {
        if (awaitingPong) {
            session.end(DisconnectReason.PING_TIMEOUT);
        } else {
            ping();
        }
    }

    /** A client counts from the last ping, as the server does, so a late ping leaves the client less time. */
    private void ping() {
        long lateness = Math.min(System.nanoTime() - due, timeout / PARTS_FOR_LATENESS);
        long left = timeout - lateness;
        session.send(OutboundMessage.PING);
        awaitingPong = true;
        due = System.nanoTime() + left;
        timer.start(left);
    }
}
