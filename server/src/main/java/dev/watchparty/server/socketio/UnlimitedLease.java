package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;

/** An allowance without an end. */
enum UnlimitedLease implements ConnectionLimiter.Lease {
    INSTANCE;

    @Override
    public ConnectionLimiter.Verdict onEvent(SocketIOClient client, String event) {
        return ConnectionLimiter.Verdict.PASS;
    }

    @Override
    public ConnectionLimiter.Verdict onPacket() {
        return ConnectionLimiter.Verdict.PASS;
    }

    @Override
    public void release() {}
}
