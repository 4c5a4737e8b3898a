package dev.watchparty.server.socketio;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIOClient;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiPredicate;

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
    public void send(EncodedEvent event, Collection<? extends SocketIOClient> receivers) {
        send(event, receivers, EngineSession::enqueue);
    }

    @Override
    public void sendVolatile(EncodedEvent event, Collection<? extends SocketIOClient> receivers) {
        send(event, receivers, EngineSession::enqueueVolatile);
    }

    private static void send(
            EncodedEvent event,
            Collection<? extends SocketIOClient> receivers,
            BiPredicate<EngineSession, OutboundMessage> enqueue) {
        try (Messages messages = new Messages(event)) {
            Flushes flushes = new Flushes();
            for (SocketIOClient receiver : receivers) {
                NamespaceSocket socket = NamespaceSocket.of(receiver);
                if (socket.isMember() && enqueue.test(socket.session(), messages.in(socket.encoder()))) {
                    flushes.add(socket.session());
                }
            }
            flushes.start();
        }
    }

    /** One event, framed once in each way that its receivers read. */
    private static final class Messages implements AutoCloseable {
        private final EncodedEvent event;
        private final IdentityHashMap<PacketEncoder, OutboundMessage> byEncoder = new IdentityHashMap<>(2);
        private PacketEncoder lastEncoder;
        private OutboundMessage last;

        Messages(EncodedEvent event) {
            this.event = event;
        }

        OutboundMessage in(PacketEncoder encoder) {
            if (encoder != lastEncoder) {
                lastEncoder = encoder;
                last = byEncoder.computeIfAbsent(encoder, event::toMessage);
            }
            return last;
        }

        @Override
        public void close() {
            byEncoder.values().forEach(OutboundMessage::release);
        }
    }

    /** The sessions that have something to send, each to be flushed by its own event loop: one task a loop. */
    private static final class Flushes {
        private final IdentityHashMap<EventLoop, List<EngineSession>> byLoop = new IdentityHashMap<>();

        void add(EngineSession session) {
            byLoop.computeIfAbsent(session.loop(), loop -> new ArrayList<>()).add(session);
        }

        void start() {
            byLoop.forEach((loop, sessions) -> {
                try {
                    loop.execute(() -> sessions.forEach(EngineSession::flush));
                } catch (RejectedExecutionException e) {
                    // The server has stopped; its sessions are gone.
                }
            });
        }
    }
}
