package dev.watchparty.it;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.transport.NamespaceClient;
import dev.watchparty.server.engineio.ConnectionLimiter;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.engineio.EngineServer;
import dev.watchparty.server.engineio.EngineSession;
import dev.watchparty.server.engineio.NotFoundHandler;
import dev.watchparty.server.engineio.TransportConfig;
import dev.watchparty.server.engineio.TransportConfig.Io;
import dev.watchparty.server.engineio.TransportConfig.Limits;
import dev.watchparty.server.engineio.TransportConfig.Timeouts;
import dev.watchparty.server.socketio.SocketHandle;
import dev.watchparty.server.socketio.SocketIoServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The server for the protocols' own test suites and for probes of other clients.
 *
 * <p>System properties: {@code port} (3000), {@code pingInterval} and {@code pingTimeout} (300 and 200 ms), {@code
 * context} ({@code /socket.io}), and {@code echo}: with {@code true} it is an Engine.IO server that sends back every
 * message. It prints {@code READY <port>} when it accepts connections.
 */
public final class ConformanceServer implements AutoCloseable {
    private static final int MAX_ARGUMENTS = 8;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final SocketIoServer server;
    private final int port;

    private ConformanceServer(TransportConfig config) {
        server = new SocketIoServer(config);
        addListeners(server.namespace("/"));
        addListeners(server.namespace("/custom"));
        SocketIONamespace secure = server.namespace("/secure");
        secure.addAuthTokenListener((auth, client) -> authorize(auth));
        addListeners(secure);
        port = server.start().getPort();
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) {
        TransportConfig config = config();
        int port =
                Boolean.getBoolean("echo") ? startEcho(config) : start(config).port();
        System.out.println("READY " + port);
    }

    /** Starts a Socket.IO server, which accepts connections when this returns. */
    public static ConformanceServer start(TransportConfig config) {
        return new ConformanceServer(config);
    }

    public int port() {
        return port;
    }

    /** The transport itself, for callers that need more of it. */
    public SocketIoServer transport() {
        return server;
    }

    @Override
    public void close() {
        server.stop(Duration.ofSeconds(1));
    }

    private static TransportConfig config() {
        return TransportConfig.builder()
                .host("127.0.0.1")
                .port(Integer.getInteger("port", 3000))
                .path(System.getProperty("context", "/socket.io"))
                .io(Io.valueOf(System.getProperty("io", "AUTO")))
                .timeouts(new Timeouts(
                        Duration.ofMillis(Integer.getInteger("pingInterval", 300)),
                        Duration.ofMillis(Integer.getInteger("pingTimeout", 200)),
                        Duration.ofSeconds(45),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(8)))
                .limits(new Limits(
                        10_000, 20_000, 20_000, 1_000_000, 64 << 20, 4 << 20, Limits.AUTO, 10, 1000, 10, 4096, 8192))
                .build();
    }

    private static int startEcho(TransportConfig config) {
        return new EngineServer(config, ConnectionLimiter.UNLIMITED, new NotFoundHandler(), Echo::new)
                .start()
                .getPort();
    }

    private record Echo(EngineSession session) implements EngineSession.Listener {
        @Override
        public void onText(String message) {
            session.sendMessage(message);
        }

        @Override
        public void onBinary(byte[] message) {
            session.sendMessage(message);
        }

        @Override
        public void onClose(DisconnectReason reason) {}
    }

    private static AuthTokenResult authorize(Object auth) {
        if (auth instanceof Map<?, ?> map && "sesame".equals(map.get("token"))) {
            return AuthTokenResult.AuthTokenResultSuccess;
        }
        return new AuthTokenResult(false, Map.of("message", "denied", "data", Map.of("code", 7)));
    }

    private void addListeners(SocketIONamespace namespace) {
        addLifecycle(namespace);
        addEchoes(namespace);
        addMisbehaviour(namespace);
        addSenders(namespace);
        addQuestions(namespace);
        addInspection(namespace);
    }

    private void addLifecycle(SocketIONamespace namespace) {
        namespace.addConnectListener(client -> {
            Object auth = client.getHandshakeData().getAuthToken();
            log.add("connect " + namespace.getName() + " auth=" + auth);
            client.sendEvent("auth", auth);
        });
        namespace.addDisconnectListener(client -> log.add("disconnect " + namespace.getName()));
    }

    private static void addEchoes(SocketIONamespace namespace) {
        Class<?>[] any = Collections.nCopies(MAX_ARGUMENTS, Object.class).toArray(Class<?>[]::new);
        namespace.addMultiTypeEventListener(
                "message",
                (client, data, ack) ->
                        client.sendEvent("message-back", data.getArgs().toArray()),
                any);
        namespace.addMultiTypeEventListener(
                "message-with-ack", (client, data, ack) -> ack.sendAckData(data.getArgs()), any);
        namespace.addMultiTypeEventListener(
                "message-bin",
                (client, data, ack) ->
                        client.sendEvent("message-back", data.getArgs().toArray()),
                byte[].class,
                byte[].class);
        namespace.addMultiTypeEventListener(
                "message-bin-ack", (client, data, ack) -> ack.sendAckData(data.getArgs()), byte[].class, byte[].class);
        namespace.addEventListener(
                "typed",
                Typed.class,
                (client, data, ack) -> ack.sendAckData(data == null ? "null" : "n=" + data.n() + " s=" + data.s()));
    }

    private record Typed(int n, String s) {}

    private static void addMisbehaviour(SocketIONamespace namespace) {
        namespace.addEventListener("noack", Object.class, (client, data, ack) -> {});
        namespace.addEventListener("boom", Object.class, (client, data, ack) -> {
            throw new IllegalStateException("boom");
        });
        namespace.addEventListener("server-disconnect", Object.class, (client, data, ack) -> client.disconnect());
        namespace.addEventListener("engine-close", Object.class, (client, data, ack) -> ((NamespaceClient) client)
                .getBaseClient()
                .disconnect());
    }

    private static void addSenders(SocketIONamespace namespace) {
        namespace.addEventListener("burst", Integer.class, (client, count, ack) -> {
            for (int i = 0; i < count; i++) {
                client.sendEvent("b", i);
            }
        });
        namespace.addEventListener("send-bin", Integer.class, (client, length, ack) -> {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) i;
            }
            client.sendEvent("bin", bytes);
        });
        namespace.addEventListener("bcast-bin", Object.class, (client, data, ack) -> namespace
                .getBroadcastOperations()
                .sendEvent("bb", (Object) new byte[] {1, 2, 3}));
        namespace.addEventListener("bcast", Object.class, (client, data, ack) -> namespace
                .getBroadcastOperations()
                .sendEvent("bc", data));
        namespace.addEventListener("join", String.class, (client, room, ack) -> client.joinRoom(room));
        namespace.addEventListener(
                "null-event", Object.class, (client, data, ack) -> client.sendEvent("nul", new Object[] {null, 1}));
    }

    private static void addQuestions(SocketIONamespace namespace) {
        namespace.addEventListener(
                "ask", Object.class, (client, data, ack) -> client.sendEvent("question", answer(client), "q"));
        namespace.addEventListener(
                "ask-bin", Object.class, (client, data, ack) -> client.sendEvent("question-bin", bytes(client), "q"));
    }

    /**
     * Notifies a client of the outcome of a question that it was asked: {@code answer-got}, or {@code answer-timeout}
     * after 2 s.
     */
    public static AckCallback<Object> answer(SocketIOClient client) {
        return new AckCallback<>(Object.class, 2) {
            @Override
            public void onSuccess(Object answer) {
                client.sendEvent("answer-got", answer);
            }

            @Override
            public void onTimeout() {
                client.sendEvent("answer-timeout");
            }
        };
    }

    private static AckCallback<byte[]> bytes(SocketIOClient client) {
        return new AckCallback<>(byte[].class, 2) {
            @Override
            public void onSuccess(byte[] answer) {
                client.sendEvent("answer-got", Arrays.toString(answer));
            }

            @Override
            public void onTimeout() {
                client.sendEvent("answer-timeout");
            }
        };
    }

    private void addInspection(SocketIONamespace namespace) {
        namespace.addEventListener(
                "whoami",
                Object.class,
                (client, data, ack) -> ack.sendAckData(SocketHandle.of(client).publicId()));
        namespace.addEventListener(
                "get-log", Object.class, (client, data, ack) -> ack.sendAckData((Object) List.copyOf(log)));
        namespace.addEventListener("clear-log", Object.class, (client, data, ack) -> {
            log.clear();
            ack.sendAckData(1);
        });
        namespace.addEventListener(
                "count",
                Object.class,
                (client, data, ack) -> ack.sendAckData(namespace.getAllClients().size()));
        namespace.addEventListener(
                "ip", Object.class, (client, data, ack) -> ack.sendAckData(String.valueOf(client.getRemoteAddress())));
    }
}
