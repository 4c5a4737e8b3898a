package dev.watchparty.server.engineio;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decides which pages may read the answers and which may open a WebSocket. Browsers enforce the first (the Fetch
 * standard, "CORS protocol"), but not the second: RFC 6455, section 10.2.
 */
final class Cors {
    private static final String ANY = "*";
    private static final Set<Integer> DEFAULT_PORTS = Set.of(80, 443);
    private static final Decision NO_ORIGIN = new Decision(null, true, false);

    private final List<OriginPattern> listed;
    private final boolean any;

    /**
     * @param origins as {@link OriginPattern#parse} takes them; {@code *} for all
     * @throws IllegalArgumentException if one of them is not an origin
     */
    Cors(List<String> origins) {
        this.any = origins.contains(ANY);
        this.listed = listed(origins);
    }

    /** @throws IllegalArgumentException if one of them is not an origin */
    static void requireOrigins(List<String> origins) {
        listed(origins);
    }

    private static List<OriginPattern> listed(List<String> origins) {
        return origins.stream()
                .filter(origin -> !origin.equals(ANY))
                .map(OriginPattern::parse)
                .toList();
    }

    /**
     * The decision about the page that sent a request.
     *
     * @param origin of the request, as it was sent; null if it named none
     * @param admitted whether the page may read the answer, and open a WebSocket
     * @param credentials whether the page may send credentials: a listed origin may; an origin that is only allowed by
     *     {@code *} may not
     */
    record Decision(String origin, boolean admitted, boolean credentials) {
        void addTo(HttpHeaders headers) {
            headers.add(HttpHeaderNames.VARY, "Origin");
            if (origin != null && admitted) {
                headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            }
            if (credentials) {
                headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            }
        }
    }

    /**
     * Judges a request. A client that is not a browser names no origin. A page of this server is always admitted.
     *
     * @param request whose {@code Host} {@link HostCheck} has set
     * @param secure whether the client is known to use TLS
     */
    Decision decide(HttpHeaders request, boolean secure) {
        String text = request.get(HttpHeaderNames.ORIGIN);
        if (text == null) {
            return NO_ORIGIN;
        }
        Optional<Origin> origin = Origin.parse(text);
        boolean named = origin.isPresent() && listed.stream().anyMatch(pattern -> pattern.matches(origin.get()));
        boolean own = origin.isPresent() && isOwn(origin.get(), request.get(HttpHeaderNames.HOST), secure);
        return new Decision(text, any || named || own, named);
    }

    /**
     * Whether a page came from this server itself. {@code Host} names no scheme, and often a proxy that ends TLS names
     * none either. So both schemes match, each with its default port. But a page that came over plain HTTP does not
     * match a client that uses TLS.
     */
    private static boolean isOwn(Origin origin, String host, boolean secure) {
        Optional<Authority> own = host == null ? Optional.empty() : Authority.parse(host);
        boolean isWeb = origin.scheme().equals("https") || (origin.scheme().equals("http") && !secure);
        return isWeb
                && own.isPresent()
                && own.get().host().equals(origin.host())
                && isOwnPort(origin, own.get().port());
    }

    private static boolean isOwnPort(Origin origin, OptionalInt own) {
        boolean isDefault = own.isEmpty() || DEFAULT_PORTS.contains(own.getAsInt());
        return isDefault ? origin.isDefaultPort() : origin.port() == own.getAsInt();
    }

    /**
     * Adds the further headers that the answer to a preflight needs: all methods of the protocol, and the headers that
     * were asked for.
     */
    static void addPreflightTo(HttpHeaders headers, HttpHeaders request) {
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET,POST");
        headers.add(HttpHeaderNames.VARY, "Access-Control-Request-Headers");
        String requested = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (requested != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, requested);
        }
    }
}
