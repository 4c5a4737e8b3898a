package dev.watchparty.server.engineio;

import com.corundumstudio.socketio.Transport;
import dev.watchparty.server.eventloop.Mailbox;
import dev.watchparty.server.eventloop.SessionTimer;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The input of one session: polls and payloads over HTTP, packets over WebSockets. It arrives on the event loops of
 * their connections and continues in the session's mailbox.
 */
final class EngineInput {
    private static final Logger log = LoggerFactory.getLogger(EngineInput.class);

    /**
     * How long a poll waits during an upgrade before a noop ends it. Also how long a close packet waits for the poll
     * that was sent with it: the two come over two connections, in any order.
     */
    private static final Duration POLL_GRACE = Duration.ofMillis(50);

    private final EngineSession session;
    private final Mailbox mailbox;
    private final PingTimer pingTimer;
    private final Duration upgradeTimeout;
    private final AtomicBoolean posting = new AtomicBoolean();

    // Touched in the mailbox only.
    private final SessionTimer upgradeTimer;
    private final SessionTimer graceTimer;
    private WebSocketTransport candidate; // the WebSocket that may take over from polling
    private boolean probed;
    private boolean closing; // the client has sent its close packet, and the session waits for its poll

    EngineInput(EngineSession session, Mailbox mailbox, PingTimer pingTimer, Duration upgradeTimeout) {
        this.session = session;
        this.mailbox = mailbox;
        this.pingTimer = pingTimer;
        this.upgradeTimeout = upgradeTimeout;
        this.upgradeTimer = mailbox.newTimer(this::refuseCandidate);
        this.graceTimer = mailbox.newTimer(this::onGraceOver);
    }

    // HTTP. Any event loop.

    /** A GET: "Receiving data". */
    void onPoll(HttpExchange exchange) {
        mailbox.run(() -> {
            if (pingTimer.isOverdue()) {
                session.end(DisconnectReason.PING_TIMEOUT);
            }
            if (!session.isOpen()) {
                exchange.answer(EngineError.UNKNOWN_SID);
            } else if (!(session.transport() instanceof PollingTransport polling)) {
                exchange.answer(EngineError.BAD_REQUEST);
            } else if (polling.isReady()) {
                exchange.answer(EngineError.BAD_REQUEST);
                session.end(DisconnectReason.PROTOCOL_ERROR);
            } else {
                hold(polling, exchange);
            }
        });
    }

    private void hold(PollingTransport polling, HttpExchange exchange) {
        polling.hold(exchange);
        if (closing) {
            session.end(DisconnectReason.CLIENT_CLOSE);
            return;
        }
        session.flush();
        if (probed && polling.isReady()) {
            graceTimer.start(POLL_GRACE);
        }
    }

    /** The connection of a GET has closed. */
    void onPollConnectionClosed(Channel channel) {
        mailbox.run(() -> {
            if (session.transport() instanceof PollingTransport polling && polling.isWaitingOn(channel)) {
                session.end(DisconnectReason.TRANSPORT_CLOSE);
            }
        });
    }

    /** A POST: "Sending data". */
    void onPayload(HttpExchange exchange, String payload) {
        if (!posting.compareAndSet(false, true)) {
            exchange.answer(EngineError.BAD_REQUEST);
            session.close(DisconnectReason.PROTOCOL_ERROR);
            return;
        }
        mailbox.run(() -> {
            EngineError error = EngineError.BAD_REQUEST;
            try {
                error = receivePayload(payload);
            } finally {
                // INVARIANT: this comes before the answer, because the client may send again, over another connection,
                // as soon as it has the answer.
                posting.set(false);
                exchange.answerPayload(error);
            }
        });
    }

    /** Null if the payload was accepted. */
    private EngineError receivePayload(String payload) {
        if (!session.isOpen()) {
            return EngineError.UNKNOWN_SID;
        }
        if (session.transport().name() != Transport.POLLING) {
            return EngineError.BAD_REQUEST;
        }
        int start = 0;
        while (start <= payload.length() && session.isOpen()) {
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

    // WebSockets: the session's own, and the candidate that wants to replace polling. On the WebSocket's event loop.

    /** A WebSocket that names this session: "Upgrade". A second one is refused. */
    void onCandidate(WebSocketTransport webSocket) {
        mailbox.run(() -> {
            if (!session.isOpen() || candidate != null || session.transport() instanceof WebSocketTransport) {
                webSocket.close(DisconnectReason.SERVER_CLOSE);
                return;
            }
            candidate = webSocket;
            upgradeTimer.start(upgradeTimeout);
        });
    }

    void onText(WebSocketTransport from, String text) {
        receive(from, () -> EnginePacket.ofText(text));
    }

    void onBinary(WebSocketTransport from, byte[] message) {
        receive(from, () -> EnginePacket.ofBinary(message));
    }

    private interface PacketReader {
        EnginePacket read() throws MalformedPacketException;
    }

    private void receive(WebSocketTransport from, PacketReader reader) {
        boolean elsewhere = !session.loop().inEventLoop();
        if (elsewhere) {
            from.pauseReading(); // a candidate on another loop must not fill the mailbox
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

    private void onWebSocketPacket(WebSocketTransport from, EnginePacket packet) throws MalformedPacketException {
        if (from == session.transport()) {
            onPacket(packet);
        } else if (from == candidate && session.enforce(session.lease().onPacket())) {
            onCandidatePacket(packet);
        }
    }

    private void onMalformedFrom(WebSocketTransport from, MalformedPacketException e) {
        if (from == candidate) {
            refuseCandidate();
        } else if (from == session.transport()) {
            onMalformed(e);
        }
    }

    /** A ping or pong of RFC 6455, which is already answered; the limiter counts it. */
    void onControlFrame() {
        mailbox.run(() -> {
            if (session.isOpen()) {
                session.enforce(session.lease().onPacket());
            }
        });
    }

    /** A WebSocket has closed, or is about to. */
    void onWebSocketClosed(WebSocketTransport webSocket, DisconnectReason reason) {
        mailbox.run(() -> {
            if (webSocket == candidate) {
                forgetCandidate();
            } else if (webSocket == session.transport()) {
                session.end(reason);
            }
        });
    }

    // Everything below runs in the mailbox.

    private void onCandidatePacket(EnginePacket packet) {
        if (packet.isProbe()) {
            probed = true;
            candidate.answerProbe();
            if (session.transport() instanceof PollingTransport polling && polling.isReady()) {
                graceTimer.start(POLL_GRACE);
            }
        } else if (packet.type() == EnginePacket.Type.UPGRADE) {
            upgrade();
        } else {
            refuseCandidate();
        }
    }

    /** "Upgrade": a noop ends the waiting poll, so that the client can stop polling. */
    private void onGraceOver() {
        if (closing) {
            session.end(DisconnectReason.CLIENT_CLOSE);
        } else if (session.transport() instanceof PollingTransport polling) {
            polling.answerNoop();
        }
    }

    private void upgrade() {
        PollingTransport polling = (PollingTransport) session.transport();
        WebSocketTransport webSocket = candidate;
        forgetCandidate();
        polling.discard();
        session.upgradeTo(webSocket);
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
        if (!session.isOpen()) {
            return;
        }
        if (packet.type() == EnginePacket.Type.MESSAGE) {
            session.receive(packet);
        } else if (session.enforce(session.lease().onPacket())) {
            onControlPacket(packet);
        }
    }

    private void onControlPacket(EnginePacket packet) throws MalformedPacketException {
        switch (packet.type()) {
            case PONG -> pingTimer.onPong();
            case CLOSE -> onClosePacket();
            case PING -> throw new MalformedPacketException("ping from a client (expected: from the server only)");
            default -> {} // open, upgrade and noop have no meaning here
        }
    }

    private void onClosePacket() {
        EngineTransport transport = session.transport();
        if (transport.name() == Transport.POLLING && !transport.isReady()) {
            closing = true;
            graceTimer.start(POLL_GRACE);
        } else {
            session.end(DisconnectReason.CLIENT_CLOSE);
        }
    }

    private void onMalformed(MalformedPacketException e) {
        log.debug("Session closed: {}", e.getMessage());
        session.end(DisconnectReason.PROTOCOL_ERROR);
    }

    /** The session ends. */
    void close() {
        if (candidate != null) {
            refuseCandidate();
        }
        graceTimer.cancel();
    }
}
