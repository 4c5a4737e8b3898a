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
    private final boolean keepsFiles;

    private TestingServer(WatchPartyServer server, boolean keepsFiles) {
        this.server = server;
        this.keepsFiles = keepsFiles;
    }

    /**
     * Starts a server with its defaults, except for the port, the rate limits, which are off, and the given keys.
     *
     * @param overrides values by configuration key, such as {@code "watchparty.limits.enabled"}
     */
    public static TestingServer start(Map<String, ?> overrides) {
        return new TestingServer(WatchPartyServer.start(config(overrides)), keepsFiles(overrides));
    }

    /** Starts a server with parts of a program's own, and the settings of {@link #start(Map)}. */
    public static TestingServer start(WatchPartyServerBuilder parts) {
        return start(parts, Map.of());
    }

    /** Starts a server with parts of a program's own, and the settings of {@link #start(Map)}. */
    public static TestingServer start(WatchPartyServerBuilder parts, Map<String, ?> overrides) {
        return new TestingServer(parts.settings(config(overrides)).start(), keepsFiles(overrides));
    }

    /** A server that a test has started itself. */
    public static TestingServer of(WatchPartyServer server) {
        return new TestingServer(server, false);
    }

    private static boolean keepsFiles(Map<String, ?> overrides) {
        return overrides.containsKey(ServerKeys.RECOVERY_FILE);
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

    /**
     * Stops the server on a separate thread, unless it keeps files: no test needs to wait for the event loops to end, but
     * the folder of a file is deleted after the test.
     */
    @Override
    public void close() {
        if (keepsFiles) {
            stop();
            return;
        }
        Thread closing = new Thread(this::stop, "testing-server-close");
        closing.setDaemon(true);
        closing.start();
    }
}
