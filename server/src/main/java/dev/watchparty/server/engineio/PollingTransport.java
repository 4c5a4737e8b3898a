package dev.watchparty.server.engineio;

import com.corundumstudio.socketio.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** Engine.IO v4, "HTTP long-polling", "Receiving data": a GET waits until there is a message to answer it with. */
final class PollingTransport implements EngineTransport {
    private static final String CLOSE = "1";
    private static final String NOOP = "6";

    private final int maxPayload;
    private volatile HttpExchange poll; // the waiting GET, if any; written on the session's event loop

    /** @param maxPayload the longest payload of several packets, bytes; a single packet may be longer */
    PollingTransport(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    @Override
    public Transport name() {
        return Transport.POLLING;
    }

    @Override
    public boolean isReady() {
        return poll != null;
    }

    boolean isWaitingOn(Channel channel) {
        HttpExchange waiting = poll;
        return waiting != null && waiting.channel() == channel;
    }

    /** Takes a GET, which waits for the next flush. */
    void hold(HttpExchange exchange) {
        poll = exchange;
    }

    @Override
    public void flush(Outbox outbox) {
        HttpExchange waiting = poll;
        OutboundMessage message = waiting == null ? null : outbox.poll();
        if (message == null) {
            return;
        }
        ByteBuf payload = waiting.channel().alloc().buffer(message.length());
        try {
            do {
                appendAndRelease(message, payload);
                message = outbox.pollUpTo(maxPayload - payload.readableBytes());
            } while (message != null);
            poll = null;
            waiting.answerPoll(payload.retain());
        } finally {
            payload.release();
        }
    }

    private static void appendAndRelease(OutboundMessage message, ByteBuf payload) {
        try {
            message.appendTo(payload);
        } finally {
            message.release();
        }
    }

    /** Ends the waiting GET, so that the client can go on to the WebSocket: "Upgrade". */
    void answerNoop() {
        answer(NOOP);
    }

    /** The session is on a WebSocket now, so a GET that still waits came out of turn. */
    void discard() {
        HttpExchange waiting = poll;
        if (waiting != null) {
            poll = null;
            waiting.answer(EngineError.BAD_REQUEST);
        }
    }

    @Override
    public void close(DisconnectReason reason) {
        HttpExchange waiting = poll;
        if (waiting != null && reason == DisconnectReason.SERVER_SHUTDOWN) {
            waiting.endConnection(); // the client's next one may lead to another server
        }
        answer(reason == DisconnectReason.CLIENT_CLOSE ? NOOP : CLOSE);
    }

    private void answer(String packet) {
        HttpExchange waiting = poll;
        if (waiting != null) {
            poll = null;
            waiting.answerPoll(packet);
        }
    }
}
