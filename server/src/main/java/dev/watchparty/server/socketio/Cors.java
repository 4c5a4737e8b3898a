package dev.watchparty.server.socketio;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Set;

/** Says which pages may read the answers, as browsers enforce it: the Fetch standard, "CORS protocol". */
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
