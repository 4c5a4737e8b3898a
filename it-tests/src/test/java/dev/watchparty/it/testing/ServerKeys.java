package dev.watchparty.it.testing;

import java.util.Map;

/** The configuration keys that the tests set. */
public final class ServerKeys {
    public static final String HOST = "watchparty.http.host";
    public static final String PORT = "watchparty.http.port";
    public static final String PING_INTERVAL = "watchparty.socketio.ping-interval";
    public static final String PING_TIMEOUT = "watchparty.socketio.ping-timeout";
    public static final String LIMITS = "watchparty.limits.enabled";

    static final Map<String, Object> TEST_DEFAULTS = Map.of(HOST, "127.0.0.1", PORT, 0, LIMITS, false);

    private ServerKeys() {}
}
