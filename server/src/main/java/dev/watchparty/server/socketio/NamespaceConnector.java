package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.namespace.Namespace;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchparty.server.socketio.SocketIdentities.Identity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Socket.IO v5, "Connection to a namespace": lets a client in, or says why not. */
final class NamespaceConnector {
    private static final Logger log = LoggerFactory.getLogger(NamespaceConnector.class);

    private final Namespaces namespaces;
    private final EventArguments arguments;
    private final ObjectMapper mapper;
    private final SocketIdentities identities;
    private final int maxNamespaces;
    private final int maxPendingAcks;

    /** Socket.IO v5, "Connection to a namespace", with the {@code pid} of connection state recovery. */
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
            SocketIdentities identities,
            int maxNamespaces,
            int maxPendingAcks) {
        this.namespaces = namespaces;
        this.arguments = arguments;
        this.mapper = mapper;
        this.identities = identities;
        this.maxNamespaces = maxNamespaces;
        this.maxPendingAcks = maxPendingAcks;
    }

    void connect(SocketIoConnection connection, SocketIoPacket packet) throws MalformedPacketException {
        Namespace namespace = namespaces.get(packet.namespace());
        if (namespace == null) {
            refuse(connection, packet.namespace(), "Invalid namespace");
            return;
        }
        if (connection.getChildClient(namespace) != null) {
            throw new MalformedPacketException("connect to a namespace that is connected");
        }
        if (connection.getNamespaces().size() >= maxNamespaces) {
            refuse(connection, packet.namespace(), "Too many namespaces");
            return;
        }
        HandshakeData handshake = handshake(connection.session().handshake(), auth(packet.data()));
        AuthTokenResult result = authorize(connection, namespace, handshake);
        if (!result.isSuccess()) {
            refuse(connection, packet.namespace(), result.getErrorData());
            return;
        }
        Identity identity = identities.identify(handshake, pid(packet.data()));
        connection.send(SocketIoPacket.Type.CONNECT, packet.namespace(), null, Answer.of(identity));
        NamespaceSocket socket = newSocket(connection, namespace, identity, handshake);
        connection.join(socket);
        connection.session().flushAlone();
        try {
            namespace.onConnect(socket);
        } catch (RuntimeException e) {
            // The library's rooms may fail when one client comes as the last one goes: better no socket than a deaf
            // one.
            log.warn("a client could not be let in: {}", e.toString());
            connection.session().close(DisconnectReason.TRANSPORT_CLOSE);
        }
    }

    /**
     * Asks the auth listeners, always. INVARIANT: they see a socket of a namespace that nobody else sees, so that whom
     * they refuse has never been a member.
     */
    private AuthTokenResult authorize(SocketIoConnection connection, Namespace namespace, HandshakeData handshake) {
        NamespaceSocket applicant =
                newSocket(connection, namespaces.antechamberOf(namespace), Identity.unknown(), handshake);
        return namespace.onAuthData(applicant, handshake.getAuthToken());
    }

    private NamespaceSocket newSocket(
            SocketIoConnection connection, Namespace namespace, Identity identity, HandshakeData handshake) {
        PendingAcks acks = new PendingAcks(connection.session(), arguments, maxPendingAcks);
        return new NamespaceSocket(connection, namespace, identity, handshake, acks);
    }

    private static Optional<String> pid(JsonNode data) {
        return Optional.ofNullable(data).map(auth -> auth.path("pid").textValue());
    }

    /** What the client says of itself, which may differ from namespace to namespace: a map, empty if it said nothing. */
    private Map<?, ?> auth(JsonNode data) {
        return data == null ? Map.of() : mapper.convertValue(data, Map.class);
    }

    private static HandshakeData handshake(HandshakeData session, Map<?, ?> auth) {
        HandshakeData handshake = new HandshakeData(
                session.getHttpHeaders(),
                session.getUrlParams(),
                session.getAddress(),
                session.getLocal(),
                session.getUrl(),
                session.isXdomain());
        handshake.setAuthToken(auth);
        return handshake;
    }

    /** @param why a map with {@code message} and perhaps {@code data}, or the message alone */
    private static void refuse(SocketIoConnection connection, String namespace, Object why) {
        Map<Object, Object> error = new LinkedHashMap<>();
        error.put("message", why == null ? "Unauthorized" : why.toString());
        if (why instanceof Map<?, ?> details) {
            error.putAll(details);
        }
        connection.send(SocketIoPacket.Type.CONNECT_ERROR, namespace, null, error);
    }
}
