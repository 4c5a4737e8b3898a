package dev.watchparty.server.broadcast;

import static java.util.stream.Collectors.joining;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.TransportConfig;
import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.Dialect;
import dev.watchparty.server.socketio.EncodedEvent;
import dev.watchparty.server.socketio.Message;
import dev.watchparty.server.socketio.SocketHandle;
import dev.watchparty.server.socketio.SocketIoServer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Encodes as the transport does, and records which events would have been sent to which clients. */
final class TestingBroadcasts implements Broadcasts {
    private final Broadcasts encoder;
    private final Map<EncodedEvent, List<Message>> messages = Collections.synchronizedMap(new IdentityHashMap<>());
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, List<Message>> received = new ConcurrentHashMap<>();
    private final AtomicInteger sends = new AtomicInteger();
    private final List<Message> sent = Collections.synchronizedList(new ArrayList<>());

    TestingBroadcasts() {
        encoder = new SocketIoServer(TransportConfig.builder().build()).broadcasts("/");
    }

    /** A client whose {@code toString} is its name. */
    static SocketIOClient client(String name) {
        return client(name, () -> {});
    }

    /** @param onReplaced called when another connection has replaced it */
    static SocketIOClient client(String name, Runnable onReplaced) {
        return (SocketIOClient) Proxy.newProxyInstance(
                SocketIOClient.class.getClassLoader(),
                new Class<?>[] {SocketIOClient.class, SocketHandle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "toString" -> name;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "replace" -> {
                        onReplaced.run();
                        yield null;
                    }
                    default -> null;
                });
    }

    @Override
    public EncodedEvent encode(String event, Object payload) {
        EncodedEvent encoded = encoder.encode(event, payload);
        messages.put(encoded, List.of(new Message(event, payload)));
        return encoded;
    }

    @Override
    public EncodedEvent encode(Function<Dialect, Message> message) {
        EncodedEvent encoded = encoder.encode(message);
        messages.put(encoded, List.of(message.apply(PartyDialect.of(1))));
        return encoded;
    }

    @Override
    public EncodedEvent inOnePiece(List<EncodedEvent> events) {
        EncodedEvent encoded = encoder.inOnePiece(events);
        messages.put(
                encoded,
                events.stream().flatMap(event -> messages.get(event).stream()).toList());
        return encoded;
    }

    @Override
    public void send(EncodedEvent event, SocketIOClient receiver) {
        remember(event, List.of(receiver), "");
    }

    @Override
    public void send(EncodedEvent event, Audience receivers, Set<? extends SocketIOClient> except) {
        remember(
                event,
                receivers.sockets().stream()
                        .filter(receiver -> !except.contains(receiver))
                        .toList(),
                "");
    }

    @Override
    public void sendVolatile(EncodedEvent event, Audience receivers, Set<? extends SocketIOClient> except) {
        remember(
                event,
                receivers.sockets().stream()
                        .filter(receiver -> !except.contains(receiver))
                        .toList(),
                " (volatile)");
    }

    private void remember(EncodedEvent event, List<SocketIOClient> receivers, String how) {
        if (receivers.isEmpty()) {
            return;
        }
        String names = receivers.stream().map(Object::toString).collect(joining(" "));
        sends.incrementAndGet();
        for (Message message : messages.get(event)) {
            sent.add(message);
            lines.add(names + ": " + message.event() + how);
            receivers.forEach(receiver -> received(receiver.toString()).add(message));
        }
    }

    /** The events that a client has received since the beginning. */
    List<Message> received(String client) {
        return received.computeIfAbsent(client, absent -> Collections.synchronizedList(new ArrayList<>()));
    }

    /** How many calls have sent something. */
    int sends() {
        return sends.get();
    }

    /** Returns each event sent so far as {@code receivers: event}, and forgets them. */
    List<String> take() {
        synchronized (lines) { // a timer may add one meanwhile
            List<String> taken = List.copyOf(lines);
            lines.clear();
            return taken;
        }
    }

    /** Each event sent since the beginning. */
    List<Message> sent() {
        return List.copyOf(sent);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
