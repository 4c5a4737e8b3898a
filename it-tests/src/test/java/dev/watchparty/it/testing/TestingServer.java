package dev.watchparty.it.testing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.server.WatchPartyServer;
import dev.watchparty.server.WatchPartyServerBuilder;
import java.util.HashMap;
import java.util.Map;

/** The real server, from the real injector, in this JVM and on a free port of the loopback interface. */
public final class TestingServer implements RunningServer {
    private final WatchPartyServer server;

    private TestingServer(WatchPartyServer server) {
        this.server = server;
    }

    /**
     * Starts a server with its defaults, except for the port, the rate limits, which are off, and the given keys.
     *
     * @param overrides values by configuration key, such as {@code "watchparty.limits.enabled"}
     */
    public static TestingServer start(Map<String, ?> overrides) {
        return new TestingServer(WatchPartyServer.start(config(overrides)));
    }

    /** Starts a server with parts of a program's own, and the settings of {@link #start(Map)}. */
    public static TestingServer start(WatchPartyServerBuilder parts) {
        return start(parts, Map.of());
    }

    /** Starts a server with parts of a program's own, and the settings of {@link #start(Map)}. */
    public static TestingServer start(WatchPartyServerBuilder parts, Map<String, ?> overrides) {
        return new TestingServer(parts.settings(config(overrides)).start());
    }

    /** A server that a test has started itself. */
    public static TestingServer of(WatchPartyServer server) {
        return new TestingServer(server);
    }

    private static Config config(Map<String, ?> overrides) {
        Map<String, Object> values = new HashMap<>(ServerKeys.TEST_DEFAULTS);
        values.putAll(overrides);
        return ConfigFactory.parseMap(values);
    }

    @Override
    public int port() {
        return server.port();
    }

    /** How many Engine.IO sessions it has. */
    public int sessions() {
        return server.clients();
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
    }

    /** Stops the server on a separate thread: no test needs to wait for the event loops to end. */
    @Override
    public void close() {
        Thread closing = new Thread(this::stop, "testing-server-close");
        closing.setDaemon(true);
        closing.start();
    }
}
