package outsider;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Connects to a server as a page would, and joins. */
final class Guest implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    private Guest() {}

    /** Prints the snapshot with which the server lets it in. */
    static void join(int port) throws Exception {
        Guest guest = new Guest();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"), guest)
                .get(20, TimeUnit.SECONDS);
        guest.await("0{");
        socket.sendText("40", true).get(20, TimeUnit.SECONDS);
        guest.await("40{");
        socket.sendText("42[\"session:join\",{\"username\":\"Ann\"}]", true).get(20, TimeUnit.SECONDS);
        System.out.println("let in with " + guest.await("42[\"session:init\""));
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        messages.add(data.toString());
        webSocket.request(1);
        return null;
    }

    private String await(String start) throws InterruptedException {
        String message = messages.poll(20, TimeUnit.SECONDS);
        while (message != null && !message.startsWith(start)) {
            message = messages.poll(20, TimeUnit.SECONDS);
        }
        if (message == null) {
            throw new IllegalStateException("no message " + start);
        }
        return message;
    }
}
