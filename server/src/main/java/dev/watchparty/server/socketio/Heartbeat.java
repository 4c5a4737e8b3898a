package dev.watchparty.server.socketio;

import dev.watchparty.server.socketio.TransportConfig.Timeouts;

/** Engine.IO v4, "Heartbeat": the server pings, and a client that does not answer in time is gone. */
final class Heartbeat {
    private final EngineSession session;
    private final Timeouts timeouts;
    private final SessionTimer timer;

    Heartbeat(EngineSession session, Mailbox mailbox, Timeouts timeouts) {
        this.session = session;
        this.timeouts = timeouts;
        this.timer = new SessionTimer(mailbox);
    }

    /** Waits for the time of the next ping. */
    void start() {
        timer.start(timeouts.pingInterval(), this::ping);
    }

    void onPong() {
        start();
    }

    void stop() {
        timer.cancel();
    }

    private void ping() {
        session.send(OutboundMessage.PING);
        timer.start(timeouts.pingTimeout(), () -> session.close(DisconnectReason.PING_TIMEOUT));
    }
}
