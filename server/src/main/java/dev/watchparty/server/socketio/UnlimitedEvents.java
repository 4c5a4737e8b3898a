package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.ConnectionLimiter;

/** An allowance without a limit. */
enum UnlimitedEvents implements EventLimiter.EventLease {
    INSTANCE;

    @Override
    public EventLimiter.EventVerdict onEvent(SocketIOClient client, String event) {
        return EventLimiter.EventVerdict.PASS;
    }

    @Override
    public ConnectionLimiter.Verdict onPacket() {
        return ConnectionLimiter.Verdict.PASS;
    }

    @Override
    public void release() {}
}
