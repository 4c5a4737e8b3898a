package dev.watchparty.it.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A node that answers each request with the headers that reached it, as JSON with names in lower case, and a handshake
 * with a session's id. A test decides whether it is ready.
 */
public final class TestingMirror implements RunningServer {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean ready = new AtomicBoolean(true);

    private TestingMirror(HttpServer server) {
        this.server = server;
    }

    public static TestingMirror start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TestingMirror mirror = new TestingMirror(server);
            server.setExecutor(mirror.threads);
            server.createContext("/", mirror::answer);
            server.start();
            return mirror;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/healthz" -> send(exchange, 200, "ok");
            case "/readyz" -> send(exchange, ready.get() ? 200 : 503, "");
            default -> send(exchange, 200, isHandshake(exchange) ? handshake() : headers(exchange));
        }
    }

    private static boolean isHandshake(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query != null && query.contains("transport=") && !query.contains("sid=");
    }

    private static String handshake() {
        return "0" + Json.text(Map.of("sid", UUID.randomUUID().toString().substring(0, 20)));
    }

    private String headers(HttpExchange exchange) {
        Map<String, String> headers = new TreeMap<>(Map.of("(port)", Integer.toString(port())));
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return Json.text(headers);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The answer of {@code /readyz} from now on. */
    public void setReady(boolean isReady) {
        ready.set(isReady);
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public void close() {
        stop();
    }
}
