package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.Transport;
import dev.watchparty.server.config.TransportConfig;
import dev.watchparty.server.config.TransportConfig.Timeouts;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Engine.IO session: one client, first on HTTP long-polling and then on a WebSocket, or on a WebSocket at once.
 *
 * <p>Two rules make it safe to use from everywhere. What comes in runs in the {@link Mailbox}, one packet at a time and in
 * order, also over an upgrade. What goes out waits in the {@link Outbox}, in the order of the calls to {@link #send},
 * and leaves on the session's event loop, which is that of its WebSocket once it has one.
 */
public final class EngineSession {
    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

    /**
     * How long a poll waits during an upgrade before a noop ends it, and how long a close packet waits for the poll
     * that was sent with it: the two come over two connections, in any order.
     */
    private static final Duration POLL_GRACE = Duration.ofMillis(50);

    /** How long a client takes to read what has been sent to it, at least, if it is near. */
    private static final Duration READ_GRACE = Duration.ofMillis(5);

    /** The protocol above this one. Called in the mailbox. */
    public interface Listener {
        /** A message in text. */
        void onText(String message) throws MalformedPacketException;

        /** A message in bytes. */
        void onBinary(byte[] message) throws MalformedPacketException;

        /** Called once, last. */
        void onClose(DisconnectReason reason);
    }

    private final String id = RandomIds.next();
    private final TransportConfig config;
    private final EngineSessions sessions;
    private final ConnectionLimiter.Lease lease;
    private final HandshakeData handshake;
    private final Mailbox mailbox;
    private final Outbox outbox;
    private final Runnable flush = this::flush;
    private final AtomicBoolean posting = new AtomicBoolean();
    private volatile EngineTransport transport;
    private volatile boolean closed;

    // Touched in the mailbox only.
    private final Heartbeat heartbeat;
    private final SessionTimer upgradeTimer;
    private final SessionTimer graceTimer;
    private final SessionTimer holdTimer;
    private WebSocketTransport candidate; // the WebSocket that may take over from polling
    private boolean probed;
    private boolean held; // what waits must not leave yet
    private boolean closing; // the client has sent its close packet, and its poll is awaited
    private Listener listener;

    /**
     * @param sessions where a place is reserved for it, which it gives back
     * @param lease the limiter's, which it gives back
     */
    EngineSession(
            EventLoop loop,
            EngineTransport transport,
            TransportConfig config,
            EngineSessions sessions,
            ConnectionLimiter.Lease lease,
            HandshakeData handshake) {
        this.transport = transport;
        this.config = config;
        this.sessions = sessions;
        this.lease = lease;
        this.handshake = handshake;
        this.mailbox = new Mailbox(loop);
        this.outbox = new Outbox(config.limits().maxQueuedBytes());
        this.heartbeat = new Heartbeat(this, mailbox, config.timeouts());
        this.upgradeTimer = newTimer();
        this.graceTimer = newTimer();
        this.holdTimer = newTimer();
    }

    /** Opens it: Engine.IO v4, "Handshake". Called on its event loop. */
    void open(Function<EngineSession, Listener> acceptor) {
        mailbox.run(() -> {
            sessions.add(this);
            send("0" + handshakeJson());
            heartbeat.start();
            listener = acceptor.apply(this);
        });
    }

    private String handshakeJson() {
        Timeouts timeouts = config.timeouts();
        String upgrades = transport.name() == Transport.POLLING ? "[\"websocket\"]" : "[]";
        return "{\"sid\":\"%s\",\"upgrades\":%s,\"pingInterval\":%d,\"pingTimeout\":%d,\"maxPayload\":%d}"
                .formatted(
                        id,
                        upgrades,
                        timeouts.pingInterval().toMillis(),
                        timeouts.pingTimeout().toMillis(),
                        config.limits().maxPayload());
    }

    /** The session id, known to its client alone: whoever has it can act for the client. */
    String id() {
        return id;
    }

    HandshakeData handshake() {
        return handshake;
    }

    ConnectionLimiter.Lease lease() {
        return lease;
    }

    Transport transportName() {
        return transport.name();
    }

    boolean isOpen() {
        return !closed;
    }

    /** Whether a message could leave now instead of waiting. */
    boolean isReady() {
        return !closed && transport.isReady();
    }

    /** The loop that its messages leave on. */
    EventLoop loop() {
        return mailbox.loop();
    }

    SessionTimer newTimer() {
        return new SessionTimer(mailbox);
    }

    /** Runs a task in order with what comes in, after the caller has returned. */
    void runLater(Runnable task) {
        mailbox.runLater(task);
    }

    // What goes out. Any thread.

    /** Sends a message in text. */
    public void sendMessage(String message) {
        send("4" + message);
    }

    /** Sends a message in bytes. */
    public void sendMessage(byte[] message) {
        sendAndRelease(OutboundMessage.of(new byte[0], List.of(message)));
    }

    private void send(String packet) {
        sendAndRelease(OutboundMessage.of(packet));
    }

    void sendAndRelease(OutboundMessage message) {
        send(message);
        message.release();
    }

    void send(OutboundMessage message) {
        if (enqueue(message)) {
            flushLater();
        }
    }

    /** Queues a message; true if the caller must see to a {@link #flush} on {@link #loop()}. */
    boolean enqueue(OutboundMessage message) {
        Outbox.Offer offer = outbox.offer(message);
        if (offer == Outbox.Offer.OVERFLOW) {
            close(DisconnectReason.SLOW_CONSUMER);
        }
        return offer == Outbox.Offer.FLUSH_NEEDED;
    }

    /** As {@link #enqueue}, but skips the message if it could not leave now. */
    boolean enqueueVolatile(OutboundMessage message) {
        return isReady() && outbox.offerVolatile(message) == Outbox.Offer.FLUSH_NEEDED;
    }

    /** Sends what waits. */
    void flush() {
        if (!loop().inEventLoop()) {
            flushLater(); // it has moved since the caller looked
            return;
        }
        if (held) {
            return; // another flush is on its way
        }
        outbox.flushing();
        if (!closed) {
            transport.flush(outbox);
        }
    }

    /**
     * Sends what waits over a WebSocket, and nothing more for a moment, so that what follows comes in a read of its own:
     * a client may begin to listen for events only when it has seen the answer to its CONNECT. A poll is one read
     * anyway. Called in the mailbox.
     */
    void flushAlone() {
        if (transport.name() != Transport.WEBSOCKET) {
            return;
        }
        flush();
        held = true;
        holdTimer.start(READ_GRACE, () -> {
            held = false;
            flush();
        });
    }

    private void flushLater() {
        try {
            loop().execute(flush);
        } catch (RejectedExecutionException e) {
            log.debug("Messages of a session dropped: its event loop has stopped");
        }
    }

    /** Ends the session, after the caller has returned. The client may come back with a new one. */
    public void close(DisconnectReason reason) {
        if (!closed) {
            mailbox.runLater(() -> end(reason));
        }
    }

    // What comes in over HTTP. Any event loop.

    /** A GET: "Receiving data". */
    void onPoll(HttpExchange exchange) {
        mailbox.run(() -> {
            if (closed) {
                exchange.answer(EngineError.UNKNOWN_SID);
            } else if (!(transport instanceof PollingTransport polling)) {
                exchange.answer(EngineError.BAD_REQUEST);
            } else if (polling.isReady()) {
                exchange.answer(EngineError.BAD_REQUEST);
                end(DisconnectReason.PROTOCOL_ERROR);
            } else {
                hold(polling, exchange);
            }
        });
    }

    private void hold(PollingTransport polling, HttpExchange exchange) {
        polling.hold(exchange);
        if (closing) {
            end(DisconnectReason.CLIENT_CLOSE);
            return;
        }
        flush();
        if (probed && polling.isReady()) {
            startNoop(polling);
        }
    }

    /** The connection of a GET has gone. */
    void onPollConnectionClosed(Channel channel) {
        mailbox.run(() -> {
            if (transport instanceof PollingTransport polling && polling.isWaitingOn(channel)) {
                end(DisconnectReason.TRANSPORT_CLOSE);
            }
        });
    }

    /** A POST: "Sending data". */
    void onPayload(HttpExchange exchange, String payload) {
        if (!posting.compareAndSet(false, true)) {
            exchange.answer(EngineError.BAD_REQUEST);
            close(DisconnectReason.PROTOCOL_ERROR);
            return;
        }
        mailbox.run(() -> {
            try {
                exchange.answerPayload(receivePayload(payload));
            } finally {
                posting.set(false);
            }
        });
    }

    /** Null if all went well. */
    private EngineError receivePayload(String payload) {
        if (closed) {
            return EngineError.UNKNOWN_SID;
        }
        if (transport.name() != Transport.POLLING) {
            return EngineError.BAD_REQUEST;
        }
        int start = 0;
        while (start <= payload.length() && !closed) {
            int separator = payload.indexOf(EnginePacket.SEPARATOR, start);
            int end = separator < 0 ? payload.length() : separator;
            try {
                onPacket(EnginePacket.ofPayloadPart(payload.substring(start, end)));
            } catch (MalformedPacketException e) {
                onMalformed(e);
                return EngineError.BAD_REQUEST;
            }
            start = end + 1;
        }
        return null;
    }

    // What comes in over WebSockets: the session's own, and the one that wants to become it. The WebSocket's event
    // loop.

    /** A WebSocket that names this session: "Upgrade". A second one is refused. */
    void onCandidate(WebSocketTransport webSocket) {
        mailbox.run(() -> {
            if (closed || candidate != null || transport instanceof WebSocketTransport) {
                webSocket.close(DisconnectReason.SERVER_CLOSE);
                return;
            }
            candidate = webSocket;
            upgradeTimer.start(config.timeouts().upgrade(), this::refuseCandidate);
        });
    }

    void onWebSocketText(WebSocketTransport from, String text) {
        receive(from, () -> EnginePacket.ofText(text));
    }

    void onWebSocketBinary(WebSocketTransport from, byte[] message) {
        receive(from, () -> EnginePacket.ofBinary(message));
    }

    private void receive(WebSocketTransport from, PacketReader reader) {
        boolean elsewhere = !loop().inEventLoop();
        if (elsewhere) {
            from.pauseReading(); // a candidate on another loop shall not fill the mailbox
        }
        mailbox.run(() -> {
            try {
                onWebSocketPacket(from, reader.read());
            } catch (MalformedPacketException e) {
                onMalformedFrom(from, e);
            }
            if (elsewhere) {
                from.resumeReading();
            }
        });
    }

    private interface PacketReader {
        EnginePacket read() throws MalformedPacketException;
    }

    private void onWebSocketPacket(WebSocketTransport from, EnginePacket packet) throws MalformedPacketException {
        if (from == transport) {
            onPacket(packet);
        } else if (from == candidate && isPassed(lease.onPacket())) {
            onCandidatePacket(packet);
        }
    }

    /** A ping or pong of RFC 6455, which has been answered; the limiter counts it. */
    void onWebSocketControl(WebSocketTransport from) {
        mailbox.run(() -> {
            if (!closed && (from == transport || from == candidate)) {
                isPassed(lease.onPacket());
            }
        });
    }

    private void onMalformedFrom(WebSocketTransport from, MalformedPacketException e) {
        if (from == candidate) {
            refuseCandidate();
        } else if (from == transport) {
            onMalformed(e);
        }
    }

    /** A WebSocket has gone, or is about to. */
    void onWebSocketClosed(WebSocketTransport webSocket, DisconnectReason reason) {
        mailbox.run(() -> {
            if (webSocket == candidate) {
                forgetCandidate();
            } else if (webSocket == transport) {
                end(reason);
            }
        });
    }

    // Below, all is in the mailbox.

    private void onCandidatePacket(EnginePacket packet) {
        if (packet.isProbe()) {
            probed = true;
            candidate.answerProbe();
            if (transport instanceof PollingTransport polling && polling.isReady()) {
                startNoop(polling);
            }
        } else if (packet.type() == EnginePacket.Type.UPGRADE) {
            upgrade();
        } else {
            refuseCandidate();
        }
    }

    /** "Upgrade": a noop ends the poll that waits, so that the client can stop polling. */
    private void startNoop(PollingTransport polling) {
        graceTimer.start(POLL_GRACE, polling::answerNoop);
    }

    /** INVARIANT: nothing is lost or reordered, since the queue stays and only its way out changes. */
    private void upgrade() {
        PollingTransport polling = (PollingTransport) transport;
        transport = candidate;
        EventLoop loop = candidate.loop();
        forgetCandidate();
        polling.discard();
        mailbox.moveTo(loop);
        flushLater();
    }

    private void refuseCandidate() {
        candidate.close(DisconnectReason.PROTOCOL_ERROR);
        forgetCandidate();
    }

    private void forgetCandidate() {
        candidate = null;
        probed = false;
        upgradeTimer.cancel();
        graceTimer.cancel();
    }

    private void onPacket(EnginePacket packet) throws MalformedPacketException {
        if (closed) {
            return;
        }
        if (packet.type() == EnginePacket.Type.MESSAGE) {
            onMessage(packet);
        } else if (isPassed(lease.onPacket())) {
            onControlPacket(packet);
        }
    }

    private void onMessage(EnginePacket packet) throws MalformedPacketException {
        if (packet.binary() != null) {
            listener.onBinary(packet.binary());
        } else {
            listener.onText(packet.text());
        }
    }

    private void onControlPacket(EnginePacket packet) throws MalformedPacketException {
        switch (packet.type()) {
            case PONG -> heartbeat.onPong();
            case CLOSE -> onClosePacket();
            case PING -> throw new MalformedPacketException("ping from a client (expected: from the server only)");
            default -> {} // open, upgrade and noop say nothing here
        }
    }

    private void onClosePacket() {
        if (transport.name() == Transport.POLLING && !transport.isReady()) {
            closing = true;
            graceTimer.start(POLL_GRACE, () -> end(DisconnectReason.CLIENT_CLOSE));
        } else {
            end(DisconnectReason.CLIENT_CLOSE);
        }
    }

    /** Whether the limiter lets a packet pass; closes the session if it says so. */
    boolean isPassed(ConnectionLimiter.Verdict verdict) {
        if (verdict == ConnectionLimiter.Verdict.CLOSE) {
            end(DisconnectReason.LIMIT_EXCEEDED);
        }
        return verdict == ConnectionLimiter.Verdict.PASS;
    }

    private void onMalformed(MalformedPacketException e) {
        log.debug("Session closed: {}", e.getMessage());
        end(DisconnectReason.PROTOCOL_ERROR);
    }

    /** INVARIANT: whatever a listener does, the session is taken out and its lease is released, once. */
    private void end(DisconnectReason reason) {
        if (closed) {
            return;
        }
        holdTimer.cancel();
        held = false;
        flush(); // what was sent before still goes, as far as the client takes it
        closed = true;
        sessions.remove(this);
        outbox.close();
        heartbeat.stop();
        if (candidate != null) {
            refuseCandidate();
        }
        graceTimer.cancel();
        transport.close(reason);
        try {
            listener.onClose(reason);
        } finally {
            sessions.release();
            lease.release();
        }
    }
}
