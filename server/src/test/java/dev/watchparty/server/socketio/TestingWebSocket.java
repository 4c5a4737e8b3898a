package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Speaks Engine.IO over a WebSocket, packet by packet. Answers pings if told to. */
public final class TestingWebSocket implements WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long TIMEOUT = 20; // s

    public final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    public final BlockingQueue<ByteBuffer> binaries = new LinkedBlockingQueue<>();
    public final CompletableFuture<Integer> closed = new CompletableFuture<>();
    public final CompletableFuture<ByteBuffer> pong = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean answersPings = true;
    private WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    private TestingWebSocket() {}

    /** Opens a session without connecting to a namespace; the handshake has been read. */
    public static TestingWebSocket open(TestingServer server) throws Exception {
        TestingWebSocket client = at(server, "");
        assertThat(client.next()).startsWith("0{");
        return client;
    }

    /** Opens a session and connects to the default namespace. */
    public static TestingWebSocket connect(TestingServer server) throws Exception {
        TestingWebSocket client = open(server);
        client.send("40");
        assertThat(client.next()).startsWith("40{");
        assertThat(client.next()).isEqualTo("42[\"hello\"]");
        return client;
    }

    /** Opens a WebSocket for a session that polls. */
    public static TestingWebSocket probe(TestingServer server, String sid) throws Exception {
        return at(server, "&sid=" + sid);
    }

    private static TestingWebSocket at(TestingServer server, String query) throws Exception {
        TestingWebSocket client = new TestingWebSocket();
        URI uri = URI.create("ws://127.0.0.1:%d/socket.io/?EIO=4&transport=websocket%s".formatted(server.port, query));
        client.socket = HTTP.newWebSocketBuilder().buildAsync(uri, client).get(TIMEOUT, TimeUnit.SECONDS);
        return client;
    }

    public TestingWebSocket ignorePings() {
        answersPings = false;
        return this;
    }

    public void send(String packet) throws Exception {
        inTurn(() -> socket.sendText(packet, true)).get(TIMEOUT, TimeUnit.SECONDS);
    }

    /** Sends a packet that the server may refuse, and close, before it has received all of it. */
    public void sendAsFarAsTaken(String packet) throws Exception {
        inTurn(() -> socket.sendText(packet, true))
                .handle((sent, refused) -> null)
                .get(TIMEOUT, TimeUnit.SECONDS);
    }

    public void send(byte[] packet) throws Exception {
        inTurn(() -> socket.sendBinary(ByteBuffer.wrap(packet), true)).get(TIMEOUT, TimeUnit.SECONDS);
    }

    public void ping(byte[] payload) throws Exception {
        inTurn(() -> socket.sendPing(ByteBuffer.wrap(payload))).get(TIMEOUT, TimeUnit.SECONDS);
    }

    public void close(int code) throws Exception {
        inTurn(() -> socket.sendClose(code, "")).get(TIMEOUT, TimeUnit.SECONDS);
    }

    /** The JDK's WebSocket sends one message at a time, and a ping may have to be answered while a test sends. */
    private synchronized CompletableFuture<?> inTurn(Supplier<CompletableFuture<WebSocket>> send) {
        sent = sent.handle((done, failure) -> null).thenCompose(ready -> send.get());
        return sent;
    }

    public void abort() {
        socket.abort();
    }

    /** The next text packet. */
    public String next() throws InterruptedException {
        String message = messages.poll(TIMEOUT, TimeUnit.SECONDS);
        assertThat(message).as("a packet within %d s", TIMEOUT).isNotNull();
        return message;
    }

    /** The next binary packet. */
    public byte[] nextBytes() throws InterruptedException {
        ByteBuffer message = binaries.poll(TIMEOUT, TimeUnit.SECONDS);
        assertThat(message).as("a binary packet within %d s", TIMEOUT).isNotNull();
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        return bytes;
    }

    public int closeCode() throws Exception {
        return closed.get(TIMEOUT, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String message = partial.toString();
            partial.setLength(0);
            if (message.equals("2") && answersPings) {
                var unused = inTurn(() -> webSocket.sendText("3", true));
            } else {
                messages.add(message);
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        binaries.add(data);
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
        pong.complete(message);
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006); // RFC 6455 section 7.4.1: closed abnormally
    }
}
