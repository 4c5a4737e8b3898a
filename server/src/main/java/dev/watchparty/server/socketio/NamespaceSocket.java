package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.transport.NamespaceClient;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.engineio.EngineSession;
import dev.watchparty.server.engineio.FanOut;
import dev.watchparty.server.socketio.Admission.Admitted;
import dev.watchparty.server.socketio.Admission.Identity;
import java.util.ArrayList;
import java.util.List;

/** One client in one namespace: the socket of Socket.IO, which the application holds. */
final class NamespaceSocket extends NamespaceClient implements SocketHandle, FanOut.Recipient {
    private final SocketIoClient client;
    private final EngineSession session;
    private final ServerNamespace namespace;
    private volatile Identity identity = Identity.NOT_YET;
    private volatile Object attachment;
    private volatile WireForm form; // null until it is admitted
    private final HandshakeData handshake;
    private final PendingAcks acks;
    private volatile boolean member;
    private volatile DisconnectReason reason;

    /** Creates a socket that is not a member of the namespace yet. */
    NamespaceSocket(SocketIoClient client, ServerNamespace namespace, HandshakeData handshake, PendingAcks acks) {
        super(client, namespace);
        this.client = client;
        this.session = client.session();
        this.namespace = namespace;
        this.handshake = handshake;
        this.acks = acks;
    }

    /** @throws IllegalArgumentException if it is a client of another server */
    static NamespaceSocket of(SocketIOClient client) {
        if (client instanceof NamespaceSocket socket) {
            return socket;
        }
        throw new IllegalArgumentException("client: not of this server");
    }

    /** Gives it its id and attachment when it is admitted. */
    void identify(Admitted admitted) {
        identity = admitted.identity();
        attachment = admitted.attachment();
        form = new WireForm(admitted.dialect(), client.encoder()); // the first message of a session decides the encoder
    }

    Identity identity() {
        return identity;
    }

    @Override
    public String publicId() {
        return identity.publicId();
    }

    @Override
    public boolean isRecovered() {
        return identity.isRecovered();
    }

    @Override
    public <T> T attachment(Class<T> type) {
        Object attached = attachment;
        if (!type.isInstance(attached)) {
            throw new IllegalStateException("attachment: %s (expected: a %s)"
                    .formatted(attached == null ? "none" : "another type", type.getSimpleName()));
        }
        return type.cast(attached);
    }

    @Override
    public void replace() {
        session.close(DisconnectReason.REPLACED);
    }

    @Override
    public void closeForRetry() {
        endMembership();
        client.closeForRetry();
    }

    @Override
    public boolean isEarly() {
        return client.isEarly();
    }

    @Override
    public void whenAllowed(String event, Runnable task) {
        client.whenAllowed(event, task);
    }

    @Override
    public void giveUp() {
        client.giveUp();
    }

    @Override
    public EngineSession session() {
        return session;
    }

    WireForm form() {
        return form;
    }

    /** Whether it receives messages: from its admission until it leaves or is removed. */
    @Override
    public boolean isMember() {
        return member && session.isOpen();
    }

    /** Makes it a member. Called in the mailbox. */
    void enter() {
        member = true;
        namespace.admit(this);
    }

    @Override
    public DisconnectReason disconnectReason() {
        if (reason == null) {
            throw new IllegalStateException("the socket has not left");
        }
        return reason;
    }

    @Override
    public HandshakeData getHandshakeData() {
        return handshake;
    }

    @Override
    public void send(Packet packet) {
        if (isMember()) {
            client.send(namespace.wireName(), packet);
        }
    }

    @Override
    public void send(Packet packet, AckCallback<?> callback) {
        Long ackId = acks.register(callback);
        if (ackId != null) {
            packet.setAckId(ackId);
            send(packet);
        }
    }

    void onAck(long ackId, JsonNode data) {
        acks.onAck(ackId, data);
    }

    /** Removes the client from the namespace, and tells it so: Socket.IO v5, "Disconnection from a namespace". */
    @Override
    public void disconnect() {
        if (endMembership()) {
            Packet disconnect = new Packet(PacketType.MESSAGE, getEngineIOVersion());
            disconnect.setSubType(PacketType.DISCONNECT);
            client.send(namespace.wireName(), disconnect);
            session().runLater(() -> leave(DisconnectReason.SERVER_DISCONNECT));
        }
    }

    /** True for one caller. */
    private synchronized boolean endMembership() {
        boolean was = member;
        member = false;
        return was;
    }

    /** Removes the socket from the namespace, and calls the disconnect listeners once. Called in the mailbox. */
    void leave(DisconnectReason why) {
        if (reason != null) {
            return;
        }
        reason = why;
        endMembership();
        acks.close();
        onDisconnect();
    }

    /** The content of an event packet of the library: the name, and then the arguments. */
    static List<Object> eventData(Packet packet) {
        List<Object> data = new ArrayList<>();
        data.add(packet.getName());
        List<Object> arguments = packet.getData();
        if (arguments != null) {
            data.addAll(arguments);
        }
        return data;
    }
}
