package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.socket.client.Ack;
import io.socket.client.AckWithTimeout;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.client.SocketOptionBuilder;
import io.socket.engineio.client.Transport;
import io.socket.engineio.client.transports.WebSocket;
import io.socket.engineio.parser.Packet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.json.JSONObject;

/** A client of the Java library, socket.io-client-java. */
final class JavaSocketClient extends TestingSocketClient {
    /**
     * One pool for all sockets: a separate client for each socket leaves threads behind, and allows five polls per
     * host.
     */
    private static final OkHttpClient HTTP = newHttpClient();

    private final Socket socket;
    private final boolean upgrades;
    private volatile Transport transport;
    private volatile Transport candidate; // the WebSocket that replaces polling, or has replaced it; null if none

    JavaSocketClient(ClientOptions options) {
        this(
                options.name(),
                IO.socket(options.server(), libraryOptions(options)),
                options.transports().size() > 1);
        socket.io().on(Manager.EVENT_TRANSPORT, arguments -> {
            Transport created = (Transport) arguments[0];
            if (upgrades && created.name.equals(WebSocket.NAME)) {
                candidate = created;
                created.on(Transport.EVENT_PACKET, packet -> onCandidatePacket(created, (Packet<?>) packet[0]));
            } else {
                transport = created;
            }
        });
        socket.connect();
    }

    /**
     * The library does not report that it has upgraded; the first packet over the new transport after the probe's
     * answer shows it.
     */
    private void onCandidatePacket(Transport webSocket, Packet<?> packet) {
        if (transport != webSocket && !packet.type.equals(Packet.PONG)) {
            transport = webSocket;
            accept(ReceivedEvent.UPGRADED, Json.array(webSocket.name));
        }
    }

    private JavaSocketClient(String name, Socket socket, boolean upgrades) {
        super(name);
        this.socket = socket;
        this.upgrades = upgrades;
        socket.on(Socket.EVENT_CONNECT, ignored -> accept(ReceivedEvent.CONNECTED, Json.array(socket.id())));
        socket.on(Socket.EVENT_DISCONNECT, arguments -> accept(ReceivedEvent.DISCONNECTED, tree(arguments)));
        socket.on(Socket.EVENT_CONNECT_ERROR, arguments -> accept(ReceivedEvent.REFUSED, refusal(arguments[0])));
        socket.onAnyIncoming(this::take);
    }

    /** The server's own refusal is an object; the library's is an exception. */
    private static ArrayNode refusal(Object error) {
        if (!(error instanceof JSONObject refused)) {
            return Json.array(String.valueOf(error));
        }
        JsonNode tree = OrgJson.fromLibrary(refused);
        return Json.array(tree.path("message"), tree.path("data"));
    }

    private void take(Object... incoming) {
        String event = (String) incoming[0];
        Object last = incoming[incoming.length - 1];
        if (!(last instanceof Ack acknowledgement)) {
            accept(event, tree(Arrays.copyOfRange(incoming, 1, incoming.length)));
            return;
        }
        Object[] arguments = Arrays.copyOfRange(incoming, 1, incoming.length - 1);
        accept(event, tree(arguments));
        if (isAnswered(event)) {
            acknowledgement.call(
                    Stream.concat(Stream.of(ANSWER), Arrays.stream(arguments)).toArray());
        }
    }

    private static ArrayNode tree(Object... arguments) {
        return Json.array(Arrays.stream(arguments).map(OrgJson::fromLibrary).toArray());
    }

    private static IO.Options libraryOptions(ClientOptions options) {
        IO.Options library = new IO.Options();
        library.forceNew = true;
        library.reconnectionDelay = 100;
        library.reconnectionDelayMax = 500;
        library.transports = options.transports().toArray(String[]::new);
        library.callFactory = HTTP;
        library.webSocketFactory = HTTP;
        if (!options.auth().isEmpty()) {
            library.auth = texts(options.auth());
        }
        return library;
    }

    private static Map<String, String> texts(Map<String, ?> auth) {
        return auth.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }

    private static OkHttpClient newHttpClient() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(1000);
        dispatcher.setMaxRequestsPerHost(1000);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .readTimeout(1, TimeUnit.MINUTES)
                .build();
    }

    @Override
    public void emit(String event, Object... arguments) {
        socket.emit(event, libraryValues(arguments));
    }

    @Override
    CompletableFuture<Optional<JsonNode>> askLater(Duration timeout, String event, Object... arguments) {
        CompletableFuture<Optional<JsonNode>> answer = new CompletableFuture<>();
        AckWithTimeout acknowledgement = new AckWithTimeout(timeout.toMillis()) {
            @Override
            public void onSuccess(Object... arguments) {
                answer.complete(Optional.of(tree(arguments)));
            }

            @Override
            public void onTimeout() {
                answer.complete(Optional.empty());
            }
        };
        socket.emit(event, libraryValues(arguments), acknowledgement);
        return answer;
    }

    private static Object[] libraryValues(Object... arguments) {
        return Arrays.stream(arguments)
                .map(argument -> OrgJson.toLibrary(Json.of(argument)))
                .toArray();
    }

    @Override
    TestingSocketClient openOther(String namespace, Map<String, ?> auth) {
        Socket other = socket.io()
                .socket(
                        namespace,
                        SocketOptionBuilder.builder()
                                .setAuth(auth.isEmpty() ? null : texts(auth))
                                .build());
        JavaSocketClient client = new JavaSocketClient(this + namespace, other, upgrades);
        other.connect();
        return client;
    }

    @Override
    public void connect() {
        socket.connect();
    }

    @Override
    public void disconnect() {
        socket.disconnect();
    }

    /**
     * Waits until an upgrade is over: the library does not notice the loss of polling that is paused for one, and would
     * wait for the next ping.
     */
    @Override
    public void dropConnection() {
        if (upgrades) {
            Awaitility.await().atMost(Inbox.PATIENCE).until(this::settlesOnTheWebSocket);
        }
        transport.close();
    }

    /** A packet over the WebSocket shows that it is in use. */
    private boolean settlesOnTheWebSocket() {
        settle();
        return transport == candidate;
    }

    @Override
    void closeSocket() {
        socket.disconnect();
        socket.off();
    }
}
