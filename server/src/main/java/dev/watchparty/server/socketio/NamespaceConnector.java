package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.HandshakeData;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.engineio.MalformedPacketException;
import dev.watchparty.server.logging.LogText;
import dev.watchparty.server.logging.ThrottledLog;
import dev.watchparty.server.socketio.Admission.Admitted;
import dev.watchparty.server.socketio.Admission.Decision;
import dev.watchparty.server.socketio.Admission.Identity;
import dev.watchparty.server.socketio.Admission.Refused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Socket.IO v5, "Connection to a namespace": admits a client, or refuses it with a reason. */
final class NamespaceConnector {
    private static final Logger log = LoggerFactory.getLogger(NamespaceConnector.class);

    /** Clients try again, so an admission that has failed once fails for many. */
    private final ThrottledLog failures = new ThrottledLog(
            count -> log.atWarn().addKeyValue("count", count).log("the admission of clients failed: {}", this.failure));

    private volatile String failure; // of the latest client

    private final Namespaces namespaces;
    private final EventArguments arguments;
    private final ObjectMapper mapper;
    private final int maxNamespaces;
    private final int maxPendingAcks;

    /** Socket.IO v5, "Connection to a namespace", with the {@code pid} of client state recovery. */
    @JsonPropertyOrder({"sid", "pid"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Answer(String sid, String pid) {
        static Answer of(Identity identity) {
            return new Answer(identity.publicId(), identity.pid().orElse(null));
        }
    }

    /**
     * @param maxNamespaces of one client at a time
     * @param maxPendingAcks of one socket
     */
    NamespaceConnector(
            Namespaces namespaces,
            EventArguments arguments,
            ObjectMapper mapper,
            int maxNamespaces,
            int maxPendingAcks) {
        this.namespaces = namespaces;
        this.arguments = arguments;
        this.mapper = mapper;
        this.maxNamespaces = maxNamespaces;
        this.maxPendingAcks = maxPendingAcks;
    }

    void connect(SocketIoClient client, SocketIoPacket packet) throws MalformedPacketException {
        ServerNamespace namespace = namespaces.get(packet.namespace());
        if (namespace == null) {
            refuse(client, packet.namespace(), "Invalid namespace");
            return;
        }
        if (client.isIn(namespace)) {
            throw new MalformedPacketException("connect to a namespace that is connected");
        }
        if (client.namespaces() >= maxNamespaces) {
            refuse(client, packet.namespace(), "Too many namespaces");
            return;
        }
        NamespaceSocket socket = newSocket(client, namespace, packet.data());
        AuthTokenResult result =
                namespace.onAuthData(socket, socket.getHandshakeData().getAuthToken());
        if (result.isSuccess()) {
            askAdmission(client, namespace, socket, pid(packet.data()));
        } else {
            leaveRooms(socket);
            refuse(client, packet.namespace(), result.getErrorData());
        }
    }

    private void askAdmission(
            SocketIoClient client, ServerNamespace namespace, NamespaceSocket socket, Optional<String> pid) {
        CompletableFuture<Decision> asked = ask(namespace.admission(), socket, pid);
        if (asked.isDone()) {
            settle(client, namespace, socket, asked);
            return;
        }
        client.connecting(namespace);
        asked.whenComplete((decision, failure) -> client.session().runLater(() -> {
            if (client.session().isOpen()) {
                client.connected(namespace);
                settle(client, namespace, socket, asked);
            } else {
                leaveRooms(socket);
            }
        }));
    }

    /** An admission that throws has failed like one whose stage fails. */
    private static CompletableFuture<Decision> ask(Admission admission, NamespaceSocket socket, Optional<String> pid) {
        try {
            return admission
                    .decide(socket, pid)
                    .thenApply(Objects::requireNonNull)
                    .toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void settle(
            SocketIoClient client,
            ServerNamespace namespace,
            NamespaceSocket socket,
            CompletableFuture<Decision> decided) {
        Decision decision;
        try {
            decision = decided.join();
        } catch (CompletionException | CancellationException e) {
            failure = LogText.describe(e);
            failures.count();
            leaveRooms(socket);
            socket.closeForRetry();
            return;
        }
        if (decision instanceof Admitted admitted) {
            socket.identify(admitted);
            admit(client, namespace, socket);
        } else if (decision instanceof Refused refused) {
            leaveRooms(socket);
            refuse(client, namespace.wireName(), Map.of("message", refused.message(), "data", refused.data()));
        }
    }

    /** A listener or the admission may have made a socket join rooms that it must not stay in. */
    private static void leaveRooms(NamespaceSocket socket) {
        socket.leaveRooms(socket.getAllRooms());
    }

    private NamespaceSocket newSocket(SocketIoClient client, ServerNamespace namespace, JsonNode auth) {
        return new NamespaceSocket(
                client,
                namespace,
                handshake(client.session().handshake(), auth),
                new PendingAcks(client.session(), arguments, maxPendingAcks));
    }

    /** INVARIANT: the answer is the first packet of a socket, and nothing is sent to it before it is a member. */
    private static void admit(SocketIoClient client, ServerNamespace namespace, NamespaceSocket socket) {
        client.send(SocketIoPacket.Type.CONNECT, namespace.wireName(), null, Answer.of(socket.identity()));
        client.join(socket);
        client.session().flushAlone();
        try {
            namespace.onConnect(socket);
        } catch (RuntimeException e) {
            // The library's rooms may fail when one client joins while the last one leaves. A closed session is better
            // than a socket that receives no events.
            log.warn("a client could not be admitted: {}", e.toString());
            client.session().close(DisconnectReason.TRANSPORT_CLOSE);
        }
    }

    private static Optional<String> pid(JsonNode data) {
        return Optional.ofNullable(data).map(auth -> auth.path("pid").textValue());
    }

    /** @param why a map with {@code message} and perhaps {@code data}, or only the message */
    private static void refuse(SocketIoClient client, String namespace, Object why) {
        Map<Object, Object> error = new LinkedHashMap<>();
        error.put("message", why == null ? "Unauthorized" : why.toString());
        if (why instanceof Map<?, ?> details) {
            error.putAll(details);
        }
        client.send(SocketIoPacket.Type.CONNECT_ERROR, namespace, null, error);
    }

    /** The handshake of the session, with the auth data of this namespace: a map, empty if the client sent none. */
    private HandshakeData handshake(HandshakeData session, JsonNode auth) {
        HandshakeData handshake = new HandshakeData(
                session.getHttpHeaders(),
                session.getUrlParams(),
                session.getAddress(),
                session.getLocal(),
                session.getUrl(),
                session.isXdomain());
        handshake.setAuthToken(auth == null ? Map.of() : mapper.convertValue(auth, Map.class));
        return handshake;
    }
}
