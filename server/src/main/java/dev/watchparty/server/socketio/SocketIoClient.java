package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.ack.AckManager;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.namespace.Namespace;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.transport.NamespaceClient;
import dev.watchparty.protocol.RequestError;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.server.engineio.ConnectionLimiter.Verdict;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.engineio.EngineSession;
import dev.watchparty.server.engineio.MalformedPacketException;
import dev.watchparty.server.eventloop.SessionTimer;
import dev.watchparty.server.logging.LogText;
import dev.watchparty.server.socketio.EventArguments.UnfitArgumentException;
import dev.watchparty.server.socketio.EventLimiter.EventLease;
import dev.watchparty.server.socketio.EventLimiter.EventVerdict;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Socket.IO v5 on one Engine.IO session: reads packets and passes them to the library's namespaces. It is the library's
 * client.
 *
 * <p>It uses only the identity and the store of the superclass; the session does the work of the superclass's channels,
 * queues and timers.
 */
final class SocketIoClient extends ClientHead implements EngineSession.Listener {
    private static final Logger log = LoggerFactory.getLogger(SocketIoClient.class);

    /** How long a client is held before it is sent away to try again. */
    private static final Duration MIN_RETRY_HOLD = Duration.ofSeconds(1);

    private static final Duration MAX_RETRY_HOLD = Duration.ofSeconds(3);

    /** The parameters that the library expects among those of the request. */
    private static final Map<String, List<String>> PARAMETERS =
            Map.of(EngineIOVersion.EIO, List.of(EngineIOVersion.V4.getValue()));

    /** Numbers connections, because the library needs an id. No client ever sees this number, and it grants nothing. */
    private static final AtomicLong CONNECTIONS = new AtomicLong();

    private final EngineSession session;
    private final EventLease lease;
    private final SocketIoProtocol protocol;
    private volatile Map<Namespace, NamespaceSocket> sockets = Map.of(); // copied on change, only in the mailbox
    private volatile PacketEncoder encoder;

    // Used only in the mailbox.
    private final PacketAssembler packets;
    private final SessionTimer connectTimer;
    private final SessionTimer packetTimer;
    private final SessionTimer earlyTimer;
    private Set<Namespace> connecting = Set.of(); // those whose admission has not decided yet
    private Set<String> left = Set.of(); // namespaces: at most as many as exist
    private boolean begun; // the first message has arrived
    private Runnable earlyTask; // asks again for its allowance; null if none waits
    private boolean early; // the event that is being dispatched came before the limits allow it

    /** Called in the session's mailbox. */
    SocketIoClient(EngineSession session, SocketIoProtocol protocol) {
        super(
                new UUID(0, CONNECTIONS.incrementAndGet()),
                null,
                null,
                protocol.library().getStoreFactory(),
                session.handshake(),
                null,
                session.transportName(),
                null,
                protocol.library(),
                PARAMETERS);
        this.session = session;
        this.lease = (EventLease) session.lease(); // the lease of the limiter of SocketIoServer
        this.protocol = protocol;
        this.packets = protocol.newAssembler();
        this.encoder = protocol.json();
        this.connectTimer = session.newTimer(() -> session.close(DisconnectReason.CONNECT_TIMEOUT));
        this.packetTimer = session.newTimer(() -> session.close(DisconnectReason.PROTOCOL_ERROR));
        this.earlyTimer = session.newTimer(() -> earlyTask.run());
        startConnectTimer();
    }

    EngineSession session() {
        return session;
    }

    /** A session without a socket is of no use, and must not stay for ever. */
    private void startConnectTimer() {
        connectTimer.start(protocol.connectTimeout());
    }

    // Input.

    @Override
    public void onText(String message) throws MalformedPacketException {
        if (encoder == protocol.msgpack()) {
            throw new MalformedPacketException("text message (expected: MessagePack, as before)");
        }
        begun = true;
        SocketIoPacket packet = packets.add(message);
        if (packet == null) {
            packetTimer.start(protocol.packetTimeout());
        } else {
            onPacket(packet);
        }
    }

    @Override
    public void onBinary(byte[] message) throws MalformedPacketException {
        if (!begun && MsgpackCodec.isPacket(message)) {
            encoder = protocol.msgpack();
        }
        begun = true;
        if (encoder == protocol.msgpack()) {
            onPacket(protocol.msgpack().decode(message));
        } else {
            onAttachment(message);
        }
    }

    private void onAttachment(byte[] attachment) throws MalformedPacketException {
        Verdict verdict = lease.onPacket();
        if (verdict == Verdict.CLOSE) {
            session.enforce(verdict);
            return;
        }
        SocketIoPacket packet = packets.add(attachment);
        if (packet != null) {
            packetTimer.cancel();
            onPacket(packet);
        }
    }

    private void onPacket(SocketIoPacket packet) throws MalformedPacketException {
        NamespaceSocket socket = socketOf(packet.namespace());
        boolean isEvent =
                packet.type() == SocketIoPacket.Type.EVENT || packet.type() == SocketIoPacket.Type.BINARY_EVENT;
        early = false;
        if (!session.enforce(isEvent && socket != null ? onEventPacket(socket, packet) : lease.onPacket())) {
            return;
        }
        if (packet.type() == SocketIoPacket.Type.CONNECT) {
            protocol.connector().connect(this, packet);
        } else if (socket != null && socket.isMember()) {
            onSocketPacket(socket, packet);
        } else if (socket == null && !left.contains(packet.namespace())) {
            throw new MalformedPacketException("packet for a namespace that is not connected");
        } // else it was on its way when the socket was disconnected
    }

    private Verdict onEventPacket(NamespaceSocket socket, SocketIoPacket packet) {
        EventVerdict verdict = lease.onEvent(socket, packet.data().get(0).asText());
        early = verdict == EventVerdict.EARLY;
        return verdict.ofPacket();
    }

    /** Null if the client is not connected to the namespace. */
    NamespaceSocket socketOf(String namespace) {
        Namespace found = protocol.namespaces().get(namespace);
        return found == null ? null : sockets.get(found);
    }

    private void onSocketPacket(NamespaceSocket socket, SocketIoPacket packet) {
        switch (packet.type()) {
            case EVENT, BINARY_EVENT -> onEvent(socket, packet);
            case ACK, BINARY_ACK -> socket.onAck(packet.ackId(), packet.data());
            case DISCONNECT -> socket.leave(DisconnectReason.CLIENT_DISCONNECT);
            default -> throw new IllegalStateException("packet of type " + packet.type());
        }
    }

    private void onEvent(NamespaceSocket socket, SocketIoPacket packet) {
        Namespace namespace = socket.getNamespace();
        String event = packet.data().get(0).asText();
        Packet request = new Packet(PacketType.MESSAGE, EngineIOVersion.V4);
        request.setAckId(packet.ackId());
        AckRequest ack = new AckRequest(request, socket);
        List<Object> arguments;
        try {
            arguments = protocol.arguments().ofEvent(namespace.getName(), event, packet.data());
        } catch (UnfitArgumentException e) {
            log.debug("Event {} refused: {}", LogText.quote(event), e.getMessage());
            Refusals.refuse(socket, ack, new RequestError(event, RequestErrorCode.INVALID_PAYLOAD, e.getMessage()));
            return;
        }
        namespace.onEvent(socket, event, arguments, ack);
    }

    /**
     * See {@link SocketHandle}. Clients start their backoff afresh whenever a session has opened, so only the server can
     * spread their tries. An upgrade that has begun needs the time too: a polling client whose session ends meanwhile
     * may notice it only by a missing ping.
     */
    void closeForRetry() {
        long hold = ThreadLocalRandom.current().nextLong(MIN_RETRY_HOLD.toNanos(), MAX_RETRY_HOLD.toNanos());
        session.runLater(() -> {
            if (session.isOpen()) {
                session.newTimer(() -> session.close(DisconnectReason.UNAVAILABLE))
                        .start(hold);
            }
        });
    }

    /** See {@link SocketHandle}. */
    boolean isEarly() {
        return early;
    }

    void whenAllowed(String event, Runnable task) {
        Duration wait = lease.take(event);
        if (wait.isZero()) {
            giveUp();
            task.run();
        } else {
            earlyTask = () -> whenAllowed(event, task);
            earlyTimer.start(wait);
        }
    }

    void giveUp() {
        earlyTimer.cancel();
        earlyTask = null;
    }

    @Override
    public void onClose(DisconnectReason reason) {
        connectTimer.cancel();
        packetTimer.cancel();
        giveUp();
        packets.clear();
        for (NamespaceSocket socket : sockets.values()) {
            leave(socket, reason);
        }
    }

    private static void leave(NamespaceSocket socket, DisconnectReason reason) {
        try {
            socket.leave(reason);
        } catch (RuntimeException | Error e) {
            log.error("A socket could not leave cleanly: {}", LogText.describe(e));
        }
    }

    // Output. Any thread.

    PacketEncoder encoder() {
        return encoder;
    }

    void send(String namespace, Packet packet) {
        Long ackId = packet.getAckId();
        switch (packet.getSubType()) {
            case EVENT, BINARY_EVENT ->
                send(SocketIoPacket.Type.EVENT, namespace, ackId, NamespaceSocket.eventData(packet));
            case ACK, BINARY_ACK -> send(SocketIoPacket.Type.ACK, namespace, ackId, packet.getData());
            case DISCONNECT -> send(SocketIoPacket.Type.DISCONNECT, namespace, null, null);
            default ->
                throw new IllegalArgumentException("packet: %s (expected: an event, an acknowledgement or a disconnect)"
                        .formatted(packet.getSubType()));
        }
    }

    /** Like {@link PacketEncoder#encode}. */
    void send(SocketIoPacket.Type type, String namespace, Long ackId, Object data) {
        session.sendAndRelease(encoder.encode(type, namespace, ackId, data).toMessage());
    }

    // The library's view of a client.

    /** Whether the client is in a namespace, or may soon be. Called in the mailbox. */
    boolean isIn(Namespace namespace) {
        return sockets.containsKey(namespace) || connecting.contains(namespace);
    }

    /** How many namespaces the client is in, or may soon be. Called in the mailbox. */
    int namespaces() {
        return sockets.size() + connecting.size();
    }

    /** The admission of a namespace takes its time. Called in the mailbox. */
    void connecting(Namespace namespace) {
        if (connecting.isEmpty()) {
            connecting = new HashSet<>();
        }
        connecting.add(namespace);
    }

    /** The admission has decided. Called in the mailbox. */
    void connected(Namespace namespace) {
        connecting.remove(namespace);
    }

    /** Makes the client a member of a namespace. Called in the mailbox. */
    void join(NamespaceSocket socket) {
        connectTimer.cancel();
        Map<Namespace, NamespaceSocket> more = new HashMap<>(sockets);
        more.put(socket.getNamespace(), socket);
        sockets = Map.copyOf(more);
        socket.enter();
    }

    @Override
    public void removeNamespaceClient(NamespaceClient socket) {
        if (!session.isOpen()) {
            return; // all sockets leave, and no more packets arrive
        }
        Map<Namespace, NamespaceSocket> fewer = new HashMap<>(sockets);
        fewer.remove(socket.getNamespace());
        sockets = Map.copyOf(fewer);
        if (left.isEmpty()) {
            left = new HashSet<>();
        }
        left.add(((ServerNamespace) socket.getNamespace()).wireName());
        if (sockets.isEmpty()) {
            startConnectTimer();
        }
    }

    @Override
    public NamespaceClient getChildClient(Namespace namespace) {
        return sockets.get(namespace);
    }

    @Override
    public Set<Namespace> getNamespaces() {
        return sockets.keySet();
    }

    @Override
    public boolean isConnected() {
        return session.isOpen();
    }

    @Override
    public boolean isChannelOpen() {
        return session.isOpen();
    }

    @Override
    public boolean isWritable() {
        return session.isReady();
    }

    @Override
    public Transport getCurrentTransport() {
        return session.transportName();
    }

    /** Ends the whole session. It sends no DISCONNECT packet, so the client reconnects by itself. */
    @Override
    public void disconnect() {
        session.close(DisconnectReason.SERVER_CLOSE);
    }

    @Override
    public void onChannelDisconnect() {
        session.close(DisconnectReason.TRANSPORT_CLOSE);
    }

    @Override
    public NamespaceClient addNamespaceClient(Namespace namespace) {
        throw new UnsupportedOperationException("a client joins by its CONNECT packet");
    }

    @Override
    public AckManager getAckManager() {
        throw new UnsupportedOperationException("acknowledgements are the socket's");
    }

    @Override
    public ChannelFuture send(Packet packet) {
        throw new UnsupportedOperationException("packets are sent by sockets");
    }

    @Override
    public ChannelFuture send(Packet packet, Transport transport) {
        throw new UnsupportedOperationException("packets are sent by sockets");
    }
}
