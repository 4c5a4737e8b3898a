package dev.watchparty.server.socketio;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Speaks Engine.IO over HTTP long-polling, packet by packet. */
public final class TestingPollingClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final TestingServer server;
    public final String sid;

    private TestingPollingClient(TestingServer server, String sid) {
        this.server = server;
        this.sid = sid;
    }

    /** Opens a session without connecting to a namespace. */
    public static TestingPollingClient open(TestingServer server) throws Exception {
        String body = get(server.uri("/socket.io/?EIO=4&transport=polling")).body();
        return new TestingPollingClient(
                server,
                new ObjectMapper().readTree(body.substring(1)).get("sid").textValue());
    }

    /** Opens a session and connects to the default namespace. */
    public static TestingPollingClient connect(TestingServer server) throws Exception {
        TestingPollingClient client = open(server);
        client.post("40");
        client.pollUntil("42[\"hello\"]");
        return client;
    }

    private URI uri() {
        return server.uri("/socket.io/?EIO=4&transport=polling&sid=" + sid);
    }

    public HttpResponse<String> poll() throws IOException, InterruptedException {
        return get(uri());
    }

    /** Polls until a packet has arrived, alone or with others; the others are dropped. */
    public void pollUntil(String packet) throws IOException, InterruptedException {
        HttpResponse<String> response = poll();
        while (!List.of(response.body().split("\u001e")).contains(packet)) {
            assertThat(response.statusCode()).isEqualTo(200);
            response = poll();
        }
    }

    public CompletableFuture<HttpResponse<String>> pollLater() {
        return HTTP.sendAsync(HttpRequest.newBuilder(uri()).timeout(TIMEOUT).build(), ofString());
    }

    public HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri()).POST(BodyPublishers.ofString(body)));
    }

    public static HttpResponse<String> get(URI uri, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(TIMEOUT).build(), ofString());
    }
}
