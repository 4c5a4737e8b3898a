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
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Engine.IO session: one client, first on HTTP long-polling and then on a WebSocket, or on a WebSocket from the
 * start.
 *
 * <p>Two rules make it safe to use from every thread. Input ({@link EngineInput}) runs in the {@link Mailbox}, one
 * packet at a time and in order, also across an upgrade. Output leaves on the session's event loop, in the order of the
 * calls to {@link #send}. It goes through {@link Deliveries} once the session has a WebSocket. Messages that cannot be
 * written, or that come before there is a WebSocket, wait in the {@link Outbox}.
 */
@API(status = API.Status.INTERNAL)
public final class EngineSession {
    private static final Logger log = LoggerFactory.getLogger(EngineSession.class);

    private static final ThrottledLog tooSlow = new ThrottledLog(count -> log.atInfo()
            .addKeyValue("count", count)
            .log("clients closed: they read too slowly, and more than server.limits.max-queued-bytes waited for each"));

    /** How long even a nearby client takes, at least, to read the messages sent to it. */
    private static final Duration READ_GRACE = Duration.ofMillis(5);

    /** The protocol above this one. Called in the mailbox. */
    public interface Listener {
        /** A text message. */
        void onText(String message) throws MalformedPacketException;

        /** A binary message. */
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
    private int holds; // above zero, waiting messages must not leave yet
    private Listener listener;

    /**
     * @param sessions has reserved a place for it, which it gives back
     * @param output counts the messages that wait for it
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

    /** The session id. Only its client knows it: anyone who has it can act for the client. */
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

    /** The transport that it uses now. */
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

    /** The loop from which its messages leave. */
    public EventLoop loop() {
        return mailbox.loop();
    }

    public SessionTimer newTimer(Runnable task) {
        return mailbox.newTimer(task);
    }

    /** Runs a task in order with the input, and never within this call. */
    public void runLater(Runnable task) {
        mailbox.runLater(task);
    }

    // Output. Any thread.

    /** Sends a text message. */
    public void sendMessage(String message) {
        send("4" + message);
    }

    /** Sends a binary message. */
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

    /**
     * Like {@link #send}, but skips the message if it could not leave now. For a session that is not on a WebSocket.
     */
    public void sendVolatile(OutboundMessage message) {
        if (enqueueVolatile(message)) {
            flushLater();
        }
    }

    /** Queues a message; returns true if a {@link #flush} is needed then. */
    private boolean enqueue(OutboundMessage message) {
        Outbox.Offer offer = outbox.offer(message);
        if (offer == Outbox.Offer.OVERFLOW) {
            tooSlow.count();
            close(DisconnectReason.SLOW_CONSUMER);
        }
        output.check(loop());
        return offer == Outbox.Offer.FLUSH_NEEDED;
    }

    /** The deliveries of its WebSocket's loop, from then on its only way out; null if it has no WebSocket yet. */
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
     * @param toFlush receives the session if it must be flushed
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
            flushDelivered(); // a client that has not been sent anything yet is not slow
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

    /** Sends the messages that have been delivered. */
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

    /**
     * INVARIANT: a failure for one session is not a failure for another, and a client that has missed a message has to
     * reconnect.
     */
    private void onDeliveryFailed(Throwable e) {
        if (!OutOfMemory.report(e)) {
            log.error("A message could not be delivered: {}", LogText.describe(e));
        }
        close(DisconnectReason.TRANSPORT_CLOSE);
    }

    /** Sends the waiting messages. */
    void flush() {
        if (!loop().inEventLoop()) {
            flushLater(); // it has moved since the caller's check
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

    /** Ends the session, and never within this call. The client may reconnect with a new session. */
    public void close(DisconnectReason reason) {
        if (!closing) {
            closing = true;
            mailbox.runLater(() -> end(reason));
        }
    }

    /** The bytes that wait for it and are not in a channel yet. */
    long queuedBytes() {
        return outbox.bytes();
    }

    /** Drops the waiting messages at once and ends the session: its client must reconnect. Any thread. */
    void cut() {
        outbox.close();
        close(DisconnectReason.SLOW_CONSUMER);
    }

    // Everything below runs in the mailbox.

    /**
     * Sends the waiting messages over a WebSocket, and then pauses for a moment, so that later messages arrive in a
     * separate read. A client may begin to listen for events only when it has seen the answer to its CONNECT. A poll is
     * always a read of its own.
     */
    public void flushAlone() {
        if (transport.name() != Transport.WEBSOCKET) {
            return;
        }
        deliveries.drain();
        flush();
        holds++;
        Runnable release = () -> mailbox.run(this::release);
        // The loop schedules it: a tick of the wheel would add nearly as much again.
        loop().schedule(release, READ_GRACE.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void release() {
        holds--;
        flush();
    }

    /** INVARIANT: nothing is lost or reordered, because the queue stays and only its way out changes. */
    void upgradeTo(WebSocketTransport webSocket) {
        transport = webSocket;
        mailbox.moveTo(webSocket.loop());
        deliveries = webSocket.deliveries();
        flushLater();
    }

    /** Hands a message to the protocol above. A failure there is not the client's fault. */
    void receive(EnginePacket message) throws MalformedPacketException {
        try {
            if (message.binary() != null) {
                listener.onBinary(message.binary());
            } else {
                listener.onText(message.text());
            }
        } catch (RuntimeException | Error e) {
            OutOfMemory.report(e);
            log.error("A message could not be processed: {}", LogText.describe(e));
        }
    }

    /** Applies the limiter's verdict: ends the session if it must, and returns whether the packet may pass. */
    public boolean enforce(ConnectionLimiter.Verdict verdict) {
        if (verdict == ConnectionLimiter.Verdict.CLOSE) {
            end(DisconnectReason.LIMIT_EXCEEDED);
        }
        return verdict == ConnectionLimiter.Verdict.PASS;
    }

    /** INVARIANT: whatever a listener does, the session is removed and its lease is released, once. */
    void end(DisconnectReason reason) {
        if (closed) {
            return;
        }
        if (deliveries != null && loop().inEventLoop()) {
            deliveries.drain();
        }
        holds = 0;
        flushDelivered(); // earlier messages still leave, as far as the client takes them
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
