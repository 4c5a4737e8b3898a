package dev.watchparty.server.testing;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The present state of a network. Only the network's event loop uses it. */
final class NetworkConditions {
    /** The fate of a connection whose first bytes ask for a WebSocket. */
    enum WebSocketFate {
        PASSED,
        REFUSED,
        SWALLOWED
    }

    private final Set<NetworkConnection> silentConnections = new HashSet<>();
    private boolean isSilent;
    private Delay delay = new Delay(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    private WebSocketFate webSocketFate = WebSocketFate.PASSED;
    private int target;

    private record Delay(Duration toServer, Duration toClient, Duration jitter) {}

    NetworkConditions(int target) {
        this.target = target;
    }

    /** The port of the server to which new connections lead. */
    int target() {
        return target;
    }

    void leadTo(int port) {
        target = port;
    }

    /** The fate of new connections that ask for a WebSocket. */
    WebSocketFate webSocketFate() {
        return webSocketFate;
    }

    void setWebSocketFate(WebSocketFate fate) {
        webSocketFate = fate;
    }

    void delay(Duration toServer, Duration toClient, Duration jitter) {
        delay = new Delay(toServer, toClient, jitter);
    }

    /** When bytes that leave the client now reach the server, by {@link System#nanoTime}. */
    long dueAtServerNanos() {
        return dueNanos(delay.toServer());
    }

    /** When bytes that leave the server now reach the client, by {@link System#nanoTime}. */
    long dueAtClientNanos() {
        return dueNanos(delay.toClient());
    }

    private long dueNanos(Duration oneWay) {
        long jitter = delay.jitter().toNanos();
        return System.nanoTime()
                + oneWay.toNanos()
                + (jitter == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitter));
    }

    /** Silences all connections, and later ones too. */
    void silence() {
        isSilent = true;
    }

    /** Silences these connections. */
    void silence(Collection<NetworkConnection> connections) {
        silentConnections.addAll(connections);
    }

    boolean isSilent(NetworkConnection connection) {
        return isSilent || silentConnections.contains(connection);
    }

    /** Ends all silence, and lets WebSockets pass. */
    void restore() {
        isSilent = false;
        silentConnections.clear();
        webSocketFate = WebSocketFate.PASSED;
    }
}
