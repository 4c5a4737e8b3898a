package dev.watchparty.server.socketio;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.EncodedPacket;
import dev.watchparty.server.engineio.EngineSession;
import dev.watchparty.server.engineio.OutboundMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Broadcasts to sockets of one namespace. */
final class NamespaceBroadcasts implements Broadcasts {
    private final SocketIoCodec json;
    private final String namespace;

    NamespaceBroadcasts(SocketIoCodec json, String namespace) {
        this.json = json;
        this.namespace = namespace;
    }

    @Override
    public EncodedEvent encode(String event, Object payload) {
        requireNonNull(event, "event is null");
        List<Object> data = payload == null ? List.of(event) : Arrays.asList(event, payload);
        EncodedEvent encoded = EncodedEvent.ofAllDialects(encoder -> write(encoder, data));
        encoded.packets(new WireForm(
                Dialect.DEFAULT,
                json)); // most clients read JSON, and the caller must learn of a value that cannot be written
        return encoded;
    }

    @Override
    public EncodedEvent encode(Function<Dialect, Message> message) {
        requireNonNull(message, "message is null");
        return EncodedEvent.of(form -> {
            Message spoken = message.apply(form.dialect());
            return write(form.encoder(), List.of(spoken.event(), spoken.payload()));
        });
    }

    private List<EncodedPacket> write(PacketEncoder encoder, List<Object> data) {
        return List.of(encoder.encode(SocketIoPacket.Type.EVENT, namespace, null, data));
    }

    @Override
    public EncodedEvent inOnePiece(List<EncodedEvent> events) {
        checkArgument(!events.isEmpty(), "events: none (expected: at least one)");
        List<EncodedEvent> parts = List.copyOf(events);
        return EncodedEvent.of(form ->
                parts.stream().flatMap(part -> part.packets(form).stream()).toList());
    }

    @Override
    public void send(EncodedEvent event, SocketIOClient receiver) {
        NamespaceSocket socket = NamespaceSocket.of(receiver);
        if (socket.isMember()) {
            socket.session().sendAndRelease(event.toMessage(socket.form()));
        }
    }

    @Override
    public void send(EncodedEvent event, Audience receivers, Set<? extends SocketIOClient> except) {
        send(event, receivers, except, false);
    }

    @Override
    public void sendVolatile(EncodedEvent event, Audience receivers, Set<? extends SocketIOClient> except) {
        send(event, receivers, except, true);
    }

    private static void send(
            EncodedEvent event, Audience receivers, Set<? extends SocketIOClient> except, boolean isVolatile) {
        for (Audience.Group group : receivers.groups()) {
            OutboundMessage message = event.toMessage(group.form());
            try {
                group.sockets().settled().forEach(fanOut -> fanOut.send(message, except, isVolatile));
                for (NamespaceSocket socket : group.sockets().others()) {
                    if (socket.isMember() && !except.contains(socket)) {
                        send(message, socket.session(), isVolatile);
                    }
                }
            } finally {
                message.release();
            }
        }
    }

    private static void send(OutboundMessage message, EngineSession session, boolean isVolatile) {
        if (isVolatile) {
            session.sendVolatile(message);
        } else {
            session.send(message);
        }
    }
}
