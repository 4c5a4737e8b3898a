package dev.watchparty.server.socketio;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIOClient;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

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
        EncodedEvent encoded =
                new EncodedEvent(encoder -> List.of(encoder.encode(SocketIoPacket.Type.EVENT, namespace, null, data)));
        encoded.packets(json); // most read JSON, and the caller shall hear of what cannot be written
        return encoded;
    }

    @Override
    public EncodedEvent inOnePiece(List<EncodedEvent> events) {
        checkArgument(!events.isEmpty(), "events: none (expected: at least one)");
        List<EncodedEvent> parts = List.copyOf(events);
        return new EncodedEvent(encoder ->
                parts.stream().flatMap(part -> part.packets(encoder).stream()).toList());
    }

    @Override
    public void send(EncodedEvent event, SocketIOClient receiver) {
        NamespaceSocket socket = NamespaceSocket.of(receiver);
        if (socket.isMember()) {
            socket.session().sendAndRelease(event.toMessage(socket.encoder()));
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
        Audience.Groups groups = receivers.groups();
        try (Messages messages = new Messages(event)) {
            for (Audience.Group group : groups.settled()) {
                OutboundMessage message = messages.in(group.route().encoder());
                group.route().deliveries().add(new Broadcast(message.retain(), group.receivers(), except, isVolatile));
            }
            for (NamespaceSocket socket : groups.others()) {
                if (isTold(socket, except)) {
                    send(messages.in(socket.encoder()), socket.session(), isVolatile);
                }
            }
        }
    }

    private static boolean isTold(NamespaceSocket socket, Set<? extends SocketIOClient> except) {
        return socket.isMember() && (except.isEmpty() || !except.contains(socket));
    }

    private static void send(OutboundMessage message, EngineSession session, boolean isVolatile) {
        if (isVolatile) {
            session.sendVolatile(message);
        } else {
            session.send(message);
        }
    }

    /** A message on its way to many. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Broadcast(
            OutboundMessage message,
            Audience.Receiver[] receivers,
            Set<? extends SocketIOClient> except,
            boolean isVolatile)
            implements Deliveries.Delivery {
        @Override
        public void deliver(Consumer<EngineSession> toFlush) {
            for (Audience.Receiver receiver : receivers) {
                if (isTold(receiver.socket(), except)) {
                    receiver.session().deliver(receiver.webSocket(), message, isVolatile, toFlush);
                }
            }
        }

        @Override
        public void closeReceivers() {
            for (Audience.Receiver receiver : receivers) {
                if (isTold(receiver.socket(), except)) {
                    receiver.session().close(DisconnectReason.SLOW_CONSUMER);
                }
            }
        }
    }

    /** One event, framed once in each way that its receivers read. */
    private static final class Messages implements AutoCloseable {
        private final EncodedEvent event;
        private final Map<PacketEncoder, OutboundMessage> byEncoder = new HashMap<>(4);

        Messages(EncodedEvent event) {
            this.event = event;
        }

        OutboundMessage in(PacketEncoder encoder) {
            return byEncoder.computeIfAbsent(encoder, event::toMessage);
        }

        @Override
        public void close() {
            byEncoder.values().forEach(OutboundMessage::release);
        }
    }
}
