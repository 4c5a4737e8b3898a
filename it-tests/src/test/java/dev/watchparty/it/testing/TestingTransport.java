package dev.watchparty.it.testing;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.SocketIONamespace;
import dev.watchparty.it.ConformanceServer;
import dev.watchparty.server.engineio.TransportConfig;
import dev.watchparty.server.engineio.TransportConfig.Compression;
import dev.watchparty.server.engineio.TransportConfig.Io;
import dev.watchparty.server.engineio.TransportConfig.Limits;
import dev.watchparty.server.engineio.TransportConfig.Timeouts;
import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.SocketIoServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The transport alone, in the form of {@link ConformanceServer}, for all tests of a class, and the clients of each
 * test. Register it as a static field.
 *
 * <p>After each test its clients are closed, and the server must have no session left; after all tests no buffer may
 * have leaked.
 */
public final class TestingTransport implements RunningServer, BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Limits LIMITS =
            new Limits(10_000, 20_000, 20_000, 1_000_000, 64 << 20, 4 << 20, Limits.AUTO, 10, 1000, 10, 4096, 8192);

    /** The Java client stays without a namespace if it is refused during its upgrade. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private final Duration pingInterval;
    private final Duration pingTimeout;
    private final List<String> origins;
    private final Optional<Compression> compression;
    private final List<AutoCloseable> guests = new ArrayList<>();
    private ConformanceServer server;

    private TestingTransport(
            Duration pingInterval, Duration pingTimeout, List<String> origins, Optional<Compression> compression) {
        this.pingInterval = pingInterval;
        this.pingTimeout = pingTimeout;
        this.origins = origins;
        this.compression = compression;
    }

    /** A transport with the original's pings, open to pages of any origin. */
    public static TestingTransport create() {
        return new TestingTransport(Duration.ofSeconds(25), Duration.ofSeconds(20), List.of("*"), Optional.empty());
    }

    public TestingTransport withPings(Duration interval, Duration timeout) {
        return new TestingTransport(interval, timeout, origins, compression);
    }

    public TestingTransport withOrigins(List<String> origins) {
        return new TestingTransport(pingInterval, pingTimeout, origins, compression);
    }

    /**
     * The same with compression.
     *
     * @param threshold the shortest message that is compressed, bytes
     */
    public TestingTransport withCompression(int threshold) {
        return new TestingTransport(pingInterval, pingTimeout, origins, Optional.of(new Compression(threshold)));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        LeakWatch.start();
        server = ConformanceServer.start(config());
        addListeners(server.transport());
    }

    /** Events that the conformance server does not have, and must not have. */
    private static void addListeners(SocketIoServer transport) {
        SocketIONamespace namespace = transport.namespace("/");
        namespace.addEventListener(
                "ask-in-vain",
                Object.class,
                (client, data, ack) -> client.sendEvent("question-unanswered", ConformanceServer.answer(client)));
        namespace.addEventListener("take-number", Integer.class, (client, number, ack) -> ack.sendAckData("taken"));
        namespace.addEventListener("take-flag", Boolean.class, (client, flag, ack) -> ack.sendAckData("taken"));
        namespace.addEventListener("take-text", String.class, (client, text, ack) -> ack.sendAckData("taken"));
        namespace.addEventListener("take-list", List.class, (client, list, ack) -> ack.sendAckData("taken"));
        namespace.addEventListener("take-bytes", byte[].class, (client, bytes, ack) -> ack.sendAckData("taken"));
        namespace.addEventListener("take-object", Point.class, (client, point, ack) -> ack.sendAckData("taken"));
        namespace.addMultiTypeEventListener(
                "take-two", (client, both, ack) -> ack.sendAckData("taken"), String.class, Integer.class);
        namespace.addEventListener(
                "ask-for-number",
                Object.class,
                (client, data, ack) -> client.sendEvent("question", new AckCallback<>(Integer.class) {
                    @Override
                    public void onSuccess(Integer number) {
                        client.sendEvent("told", number);
                    }

                    @Override
                    public void onTimeout() {
                        client.sendEvent("told", "nothing");
                    }
                }));
        Broadcasts broadcasts = transport.broadcasts("/");
        namespace.addEventListener("volatile-burst", Integer.class, (client, count, ack) -> {
            Audience audience = Audience.of(List.of(client));
            for (int i = 0; i < count; i++) {
                broadcasts.sendVolatile(broadcasts.encode("v", i), audience);
            }
            client.sendEvent("volatile-sent");
        });
    }

    /** The argument of a listener of {@code take-object}. */
    public record Point(int x, int y) {}

    private TransportConfig config() {
        return new TransportConfig(
                "127.0.0.1",
                0,
                "/socket.io",
                Set.of(),
                Io.AUTO,
                0,
                Optional.empty(),
                new Timeouts(
                        pingInterval,
                        pingTimeout,
                        CONNECT_TIMEOUT,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60)),
                LIMITS,
                TransportConfig.Hosts.ANY,
                origins,
                List.of(),
                compression);
    }

    /** Opens a client in the default namespace and waits until it is connected. */
    public TestingSocketClient connect(ClientKind kind) {
        return connect(kind, "/", Map.of());
    }

    /** Opens a client on a separate connection and waits until it is connected. */
    public TestingSocketClient connect(ClientKind kind, String namespace, Map<String, ?> auth) {
        TestingSocketClient client = open(kind, namespace, auth);
        client.await(ReceivedEvent.CONNECTED);
        return client;
    }

    /** Opens a client on a separate connection without waiting. */
    public TestingSocketClient open(ClientKind kind, String namespace, Map<String, ?> auth) {
        return open(kind, uri(), namespace, auth);
    }

    /** Like {@link #open(ClientKind, String, Map)}, by another path to the server. */
    public TestingSocketClient open(ClientKind kind, URI way, String namespace, Map<String, ?> auth) {
        return closeAfterTest(kind.open(kind + " in " + namespace, way.resolve(namespace), auth));
    }

    /** Closes something after the test. */
    public <G extends AutoCloseable> G closeAfterTest(G guest) {
        guests.add(guest);
        return guest;
    }

    /** Waits until the server has this many sessions. */
    public void awaitSessions(int count) {
        Awaitility.await("sessions of the server")
                .atMost(Inbox.PATIENCE)
                .until(server.transport()::sessions, sessions -> sessions == count);
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void stop() {
        server.close();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable guest : guests) {
            guest.close();
        }
        guests.clear();
        awaitSessions(0);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
        LeakWatch.requireNone();
    }
}
