package dev.watchparty.it.testing;

import java.util.Map;

/** The configuration keys that more than one test sets. */
public final class ServerKeys {
    public static final String HOST = "watchparty.server.host";
    public static final String PORT = "watchparty.server.port";
    public static final String PING_INTERVAL = "watchparty.server.timeouts.ping-interval";
    public static final String PING_TIMEOUT = "watchparty.server.timeouts.ping-timeout";
    public static final String LIMITS = "watchparty.limits.enabled";

    public static final String RECOVERY_GRACE = "watchparty.recovery.grace";
    public static final String RECOVERY_FILE = "watchparty.recovery.file";

    /**
     * A free port of the loopback interface, no rate limits, since tests are faster than people, and no saved sessions
     * of earlier servers.
     */
    static final Map<String, Object> TEST_DEFAULTS =
            Map.of(HOST, "127.0.0.1", PORT, 0, LIMITS, false, RECOVERY_FILE, "");

    private ServerKeys() {}
}
