package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.Configuration;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchparty.protocol.WireJson;
import dev.watchparty.server.engineio.ByteBudget;
import dev.watchparty.server.engineio.EngineSession;
import dev.watchparty.server.engineio.MalformedPacketException;
import dev.watchparty.server.engineio.RandomIds;
import dev.watchparty.server.engineio.TransportConfig;
import dev.watchparty.server.socketio.EventArguments.UnfitArgumentException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The parts that all connections share: the codecs, the namespaces, and the library's configuration. */
final class SocketIoProtocol implements Function<EngineSession, EngineSession.Listener> {
    private final TransportConfig config;
    private final Configuration library = new Configuration();
    private final EventArguments arguments;
    private final SocketIoCodec json;
    private final MsgpackCodec msgpack;
    private final Namespaces namespaces;
    private final NamespaceConnector connector;
    private final ByteBudget attachments;

    /** @param unfinished the budget for incomplete messages of all clients together */
    SocketIoProtocol(TransportConfig config, ByteBudget unfinished) {
        ObjectMapper mapper = WireJson.newMapper();
        this.config = config;
        this.arguments = new EventArguments(mapper);
        this.json = new SocketIoCodec(mapper, config.limits().maxAttachments());
        this.msgpack = new MsgpackCodec(mapper);
        library.setJsonSupport(arguments);
        library.setExceptionListener(new ListenerFailures());
        library.setAckMode(AckMode.MANUAL); // the library sends no ack that a listener has not sent
        this.attachments = unfinished;
        this.namespaces = new Namespaces(library);
        this.connector = new NamespaceConnector(
                namespaces,
                arguments,
                mapper,
                config.limits().maxNamespaces(),
                config.limits().maxPendingAcks());
    }

    /** Loads classes for which the first client would otherwise wait, some 100 ms on a slow machine. */
    void warmUp() {
        try {
            SocketIoPacket packet = json.decode("2[\"warm up\",{\"time\":1.5}]");
            arguments.ofEvent("", "warm up", packet.data());
            for (PacketEncoder encoder : List.of(json, msgpack)) {
                encoder.encode(packet.type(), RandomIds.next(), null, packet.data())
                        .toMessage()
                        .release();
            }
        } catch (MalformedPacketException | UnfitArgumentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A session has opened. */
    @Override
    public EngineSession.Listener apply(EngineSession session) {
        return new SocketIoClient(session, this);
    }

    Configuration library() {
        return library;
    }

    EventArguments arguments() {
        return arguments;
    }

    SocketIoCodec json() {
        return json;
    }

    MsgpackCodec msgpack() {
        return msgpack;
    }

    Namespaces namespaces() {
        return namespaces;
    }

    NamespaceConnector connector() {
        return connector;
    }

    Duration connectTimeout() {
        return config.timeouts().connect();
    }

    /** The time for the rest of a packet after its first message. */
    Duration packetTimeout() {
        return config.timeouts().request();
    }

    PacketAssembler newAssembler() {
        return new PacketAssembler(json, config.limits().maxPayload(), attachments);
    }
}
