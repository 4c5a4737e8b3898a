package dev.watchparty.server.engineio;

import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.Transport;
import dev.watchparty.server.engineio.TransportConfig.Timeouts;
import dev.watchparty.server.eventloop.Mailbox;
import dev.watchparty.server.eventloop.OutOfMemory;
import dev.watchparty.server.eventloop.SessionTimer;
import dev.watchparty.server.logging.LogText;
import dev.watchparty.server.logging.ThrottledLog;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Engine.IO session: one client, first on HTTP long-polling and then on a WebSocket, or on a WebSocket at once.
 *
 * <p>Two rules make it safe to use from everywhere. What comes in ({@link EngineInput}) runs in the {@link Mailbox}, one
 * packet at a time and in order, also over an upgrade. What goes out leaves on the session's event loop, in the order of
 * the calls to {@link #send}: over {@link Deliveries} once it has a WebSocket, and what that does not take, or what comes
 * before there is one, waits in the {@link Outbox}.
 */
public final class EngineSession {
    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

    private static final ThrottledLog tooSlow = new ThrottledLog(count -> log.atInfo()
            .addKeyValue("count", count)
            .log("clients closed: they read too slowly, and server.limits.max-queued-bytes waited for each"));

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
    private final QueuedOutput output;
    private final ConnectionLimiter.Lease lease;
    private final HandshakeData handshake;
    private final Mailbox mailbox;
    private final Outbox outbox;
    private final EngineInput input;
    private final Runnable flush = this::flush;
    private volatile EngineTransport transport;
    private volatile Deliveries deliveries; // null until it is on a WebSocket
    private volatile boolean closing; // asked to end
    private volatile boolean closed;

    // Touched in the mailbox only.
    private final PingTimer pingTimer;
    private int holds; // above zero, what waits must not leave yet
    private Listener listener;

    /**
     * @param sessions where a place is reserved for it, which it gives back
     * @param output where what waits for it is counted
     * @param lease the limiter's, which it gives back
     */
    EngineSession(
            EventLoop loop,
            EngineTransport transport,
            TransportConfig config,
            EngineSessions sessions,
            QueuedOutput output,
            ConnectionLimiter.Lease lease,
            HandshakeData handshake) {
        this.transport = transport;
        this.config = config;
        this.sessions = sessions;
        this.output = output;
        this.lease = lease;
        this.handshake = handshake;
        this.mailbox = new Mailbox(loop);
        this.outbox = new Outbox(config.limits().maxQueuedBytes(), output);
        this.deliveries = transport instanceof WebSocketTransport webSocket ? webSocket.deliveries() : null;
        this.pingTimer = new PingTimer(this, mailbox, config.timeouts());
        this.input = new EngineInput(this, mailbox, pingTimer, config.timeouts().upgrade());
    }

    /** Opens it: Engine.IO v4, "Handshake". Called on its event loop. */
    void open(Function<EngineSession, Listener> acceptor) {
        mailbox.run(() -> {
            sessions.add(this);
            send("0" + handshakeJson());
            pingTimer.start();
            listener = acceptor.apply(this);
        });
    }

    private String handshakeJson() {
        Timeouts timeouts = config.timeouts();
        return "{\"sid\":\"" + id
                + "\",\"upgrades\":" + (transport.name() == Transport.POLLING ? "[\"websocket\"]" : "[]")
                + ",\"pingInterval\":" + timeouts.pingInterval().toMillis()
                + ",\"pingTimeout\":" + timeouts.pingTimeout().toMillis()
                + ",\"maxPayload\":" + config.limits().maxPayload()
                + "}";
    }

    /** The session id, known to its client alone: whoever has it can act for the client. */
    String id() {
        return id;
    }

    public HandshakeData handshake() {
        return handshake;
    }

    public ConnectionLimiter.Lease lease() {
        return lease;
    }

    EngineInput input() {
        return input;
    }

    /** What it is on now. */
    public Transport transportName() {
        return transport.name();
    }

    EngineTransport transport() {
        return transport;
    }

    public boolean isOpen() {
        return !closed;
    }

    /** Whether a message could leave now instead of waiting. */
    public boolean isReady() {
        return !closed && transport.isReady();
    }

    /** The loop that its messages leave on. */
    public EventLoop loop() {
        return mailbox.loop();
    }

    public SessionTimer newTimer(Runnable task) {
        return mailbox.newTimer(task);
    }

    /** Runs a task in order with what comes in, and never within this call. */
    public void runLater(Runnable task) {
        mailbox.runLater(task);
    }

    // What goes out. Any thread.

    /** Sends a message in text. */
    public void sendMessage(String message) {
        send("4" + message);
    }

    /** Sends a message in bytes. */
    public void sendMessage(byte[] message) {
        sendAndRelease(new EncodedPacket(new byte[0], List.of(message)).toMessage());
    }

    private void send(String packet) {
        sendAndRelease(OutboundMessage.of(packet));
    }

    public void sendAndRelease(OutboundMessage message) {
        send(message);
        message.release();
    }

    public void send(OutboundMessage message) {
        Deliveries known = deliveries;
        if (known != null) {
            known.add(new Single(message.retain(), this));
        } else if (enqueue(message)) {
            flushLater();
        }
    }

    /** As {@link #send}, but skips the message if it could not leave now. For a session that is not on a WebSocket. */
    public void sendVolatile(OutboundMessage message) {
        if (enqueueVolatile(message)) {
            flushLater();
        }
    }

    /** Queues a message; true if a {@link #flush} is needed then. */
    private boolean enqueue(OutboundMessage message) {
        Outbox.Offer offer = outbox.offer(message);
        if (offer == Outbox.Offer.OVERFLOW) {
            tooSlow.count();
            close(DisconnectReason.SLOW_CONSUMER);
        }
        output.check(loop());
        return offer == Outbox.Offer.FLUSH_NEEDED;
    }

    /** Those of its WebSocket's loop, its only way out from then on; null if it has no WebSocket yet. */
    Deliveries deliveries() {
        return deliveries;
    }

    /** A message to one session. */
    private record Single(OutboundMessage message, EngineSession session) implements Deliveries.Delivery {
        @Override
        public void deliver(Consumer<EngineSession> toFlush) {
            if (session.transport instanceof WebSocketTransport webSocket) {
                session.deliver(webSocket, message, false, toFlush);
            }
        }

        @Override
        public boolean isVolatile() {
            return false;
        }

        @Override
        public void closeReceivers() {
            session.close(DisconnectReason.SLOW_CONSUMER);
        }
    }

    /**
     * Writes a message, or queues it behind others. Called by its deliveries, on its loop.
     *
     * @param webSocket its own
     * @param isVolatile whether the message is skipped if it could not leave now
     * @param toFlush takes the session if it is to be flushed
     */
    void deliver(
            WebSocketTransport webSocket,
            OutboundMessage message,
            boolean isVolatile,
            Consumer<EngineSession> toFlush) {
        try {
            writeOrQueue(webSocket, message, isVolatile, toFlush);
        } catch (RuntimeException | Error e) {
            onDeliveryFailed(e);
        }
    }

    private void writeOrQueue(
            WebSocketTransport webSocket,
            OutboundMessage message,
            boolean isVolatile,
            Consumer<EngineSession> toFlush) {
        if (closed) {
            return;
        }
        if (webSocket.isFullOfUnsent()) {
            flushDelivered(); // who has not been sent anything yet is not slow
        }
        if (outbox.isEmpty() && holds == 0 && webSocket.isReady()) {
            if (webSocket.write(message)) {
                toFlush.accept(this);
            }
        } else if (isVolatile ? enqueueVolatile(message) : enqueue(message)) {
            toFlush.accept(this);
        }
    }

    private boolean enqueueVolatile(OutboundMessage message) {
        return isReady() && outbox.offerVolatile(message) == Outbox.Offer.FLUSH_NEEDED;
    }

    /** Sends what has been delivered. */
    void flushDelivered() {
        try {
            if (outbox.isEmpty() && transport instanceof WebSocketTransport webSocket) {
                webSocket.flush(outbox);
            } else {
                flush();
            }
        } catch (RuntimeException | Error e) {
            onDeliveryFailed(e);
        }
    }

    /** INVARIANT: what fails for one session fails for no other; and who has missed a message has to come back. */
    private void onDeliveryFailed(Throwable e) {
        if (!OutOfMemory.report(e)) {
            log.error("A message could not be delivered: {}", LogText.describe(e));
        }
        close(DisconnectReason.TRANSPORT_CLOSE);
    }

    /** Sends what waits. */
    void flush() {
        if (!loop().inEventLoop()) {
            flushLater(); // it has moved since the caller looked
            return;
        }
        if (holds > 0) {
            return; // another flush is on its way
        }
        outbox.flushing();
        if (!closed) {
            try {
                transport.flush(outbox);
            } catch (RuntimeException | Error e) {
                onDeliveryFailed(e);
            }
        }
    }

    private void flushLater() {
        try {
            loop().execute(flush);
        } catch (RejectedExecutionException e) {
            log.debug("Messages of a session dropped: its event loop has stopped");
        }
    }

    /** Ends the session, and never within this call. The client may come back with a new one. */
    public void close(DisconnectReason reason) {
        if (!closing) {
            closing = true;
            mailbox.runLater(() -> end(reason));
        }
    }

    /** What waits for it and is not in a channel yet, bytes. */
    long queuedBytes() {
        return outbox.bytes();
    }

    /** Drops what waits, at once, and ends the session: its client is to come back. Any thread. */
    void cut() {
        outbox.close();
        close(DisconnectReason.SLOW_CONSUMER);
    }

    // Below, all is in the mailbox.

    /**
     * Sends what waits over a WebSocket, and nothing more for a moment, so that what follows comes in a read of its own:
     * a client may begin to listen for events only when it has seen the answer to its CONNECT. A poll is one read
     * anyway.
     */
    public void flushAlone() {
        if (transport.name() != Transport.WEBSOCKET) {
            return;
        }
        deliveries.drain();
        flush();
        holds++;
        Runnable release = () -> mailbox.run(this::release);
        // By the loop itself: a tick of the wheel would be nearly as much again.
        loop().schedule(release, READ_GRACE.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void release() {
        holds--;
        flush();
    }

    /** INVARIANT: nothing is lost or reordered, since the queue stays and only its way out changes. */
    void upgradeTo(WebSocketTransport webSocket) {
        transport = webSocket;
        mailbox.moveTo(webSocket.loop());
        deliveries = webSocket.deliveries();
        flushLater();
    }

    /** Hands a message to the protocol above, whose failures are not the client's. */
    void receive(EnginePacket message) throws MalformedPacketException {
        try {
            if (message.binary() != null) {
                listener.onBinary(message.binary());
            } else {
                listener.onText(message.text());
            }
        } catch (RuntimeException | Error e) {
            OutOfMemory.report(e);
            log.error("A message could not be dealt with: {}", LogText.describe(e));
        }
    }

    /** Does what the limiter says: ends the session if it must, and returns whether the packet may pass. */
    public boolean enforce(ConnectionLimiter.Verdict verdict) {
        if (verdict == ConnectionLimiter.Verdict.CLOSE) {
            end(DisconnectReason.LIMIT_EXCEEDED);
        }
        return verdict == ConnectionLimiter.Verdict.PASS;
    }

    /** INVARIANT: whatever a listener does, the session is taken out and its lease is released, once. */
    void end(DisconnectReason reason) {
        if (closed) {
            return;
        }
        if (deliveries != null && loop().inEventLoop()) {
            deliveries.drain();
        }
        holds = 0;
        flushDelivered(); // what was sent before still goes, as far as the client takes it
        closing = true;
        closed = true;
        sessions.remove(this);
        outbox.close();
        pingTimer.stop();
        input.close();
        transport.close(reason);
        try {
            listener.onClose(reason);
        } finally {
            sessions.release();
            lease.release();
        }
    }
}
