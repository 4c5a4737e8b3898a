package dev.watchparty.it.testing;

import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.emitter.Emitter;
import io.socket.engineio.client.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONTokener;

/** A client of the Java library, socket.io-client-java. */
final class JavaSocketClient extends TestingSocketClient {
    private static final List<String> EVENTS = List.of(
            "pong",
            "session:init",
            "session:userJoined",
            "session:userLeft",
            "session:videoChange",
            "session:play",
            "session:pause",
            "session:seek",
            "session:sync",
            "session:error");

    /** One pool for all: a client of its own for each socket leaves threads behind, and allows five polls a host. */
    private static final OkHttpClient HTTP = newHttpClient();

    private final Socket socket;
    private volatile Transport transport;

    JavaSocketClient(ClientOptions options) {
        super(options.name());
        socket = IO.socket(options.server(), libraryOptions(options));
        socket.on(Socket.EVENT_CONNECT, ignored -> accept(ReceivedEvent.CONNECTED, Json.of(socket.id())));
        socket.on(Socket.EVENT_DISCONNECT, arguments -> accept(ReceivedEvent.DISCONNECTED, Json.of("" + arguments[0])));
        socket.on(Socket.EVENT_CONNECT_ERROR, arguments -> accept(ReceivedEvent.REFUSED, Json.of("" + arguments[0])));
        socket.io().on(Manager.EVENT_TRANSPORT, arguments -> transport = (Transport) arguments[0]);
        for (String event : EVENTS) {
            socket.on(event, take(event));
        }
        socket.connect();
    }

    private Emitter.Listener take(String event) {
        return arguments -> accept(
                event,
                arguments.length == 0
                        ? Json.missing()
                        : Json.parse(new JSONArray().put(arguments[0]).toString())
                                .get(0));
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
            library.auth = options.auth().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
        }
        return library;
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
        socket.emit(
                event,
                Arrays.stream(arguments).map(JavaSocketClient::libraryValue).toArray());
    }

    private static Object libraryValue(Object argument) {
        try {
            return new JSONTokener(Json.text(argument)).nextValue();
        } catch (JSONException e) {
            throw new IllegalArgumentException("no JSON: " + argument, e);
        }
    }

    @Override
    public void connect() {
        socket.connect();
    }

    @Override
    public void disconnect() {
        socket.disconnect();
    }

    @Override
    public void dropConnection() {
        transport.close();
    }

    @Override
    public void close() {
        socket.disconnect();
        socket.off();
    }
}
