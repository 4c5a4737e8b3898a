package dev.watchparty.server.socketio;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Set;

/**
 * Says which pages may read the answers, as browsers enforce it (the Fetch standard, "CORS protocol"), and which may open a
 * WebSocket, as browsers do not.
 */
final class Cors {
    private static final String ANY = "*";

    private final Set<String> origins;
    private final boolean any;

    /** @param origins as browsers send them; {@code *} for all */
    Cors(List<String> origins) {
        this.origins = Set.copyOf(origins);
        this.any = this.origins.contains(ANY);
    }

    /**
     * Adds what an answer must say. Credentials are for the origins that were named one by one: to every page of the
     * web nobody is given them.
     *
     * @param origin of the request; null if it named none
     */
    void addTo(HttpHeaders headers, String origin) {
        headers.add(HttpHeaderNames.VARY, "Origin");
        if (origin == null) {
            return;
        }
        boolean named = origins.contains(origin);
        if (any || named) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        if (named && !ANY.equals(origin)) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }

    /**
     * Whether a WebSocket may be opened. Browsers let every page open one, and leave it to the server to look at the origin:
     * RFC 6455, section 10.2. Clients that are no browsers name none; pages of this server may always.
     */
    boolean admits(HttpHeaders request) {
        String origin = request.get(HttpHeaderNames.ORIGIN);
        return any || origin == null || origins.contains(origin) || isOf(origin, request.get(HttpHeaderNames.HOST));
    }

    private static boolean isOf(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }

    /** Adds what the answer to a preflight must say besides: all methods of the protocol, and the headers asked for. */
    void addPreflightTo(HttpHeaders headers, HttpHeaders request) {
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET,POST");
        headers.add(HttpHeaderNames.VARY, "Access-Control-Request-Headers");
        String requested = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (requested != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, requested);
        }
    }
}
