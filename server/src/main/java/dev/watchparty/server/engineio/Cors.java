package dev.watchparty.server.engineio;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Says which pages may read the answers, as browsers enforce it (the Fetch standard, "CORS protocol"), and which may open a
 * WebSocket, as browsers do not: RFC 6455, section 10.2.
 */
final class Cors {
    private static final String ANY = "*";
    private static final Set<Integer> DEFAULT_PORTS = Set.of(80, 443);
    private static final Decision NO_ORIGIN = new Decision(null, true, false);

    private final List<OriginPattern> listed;
    private final boolean any;

    /**
     * @param origins as {@link OriginPattern#parse} takes them; {@code *} for all
     * @throws IllegalArgumentException if one is none
     */
    Cors(List<String> origins) {
        this.any = origins.contains(ANY);
        this.listed = listed(origins);
    }

    /** @throws IllegalArgumentException if one is no origin */
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
     * What an answer says to the page that asked.
     *
     * @param origin of the request, as it was sent; null if it named none
     * @param admitted whether the page may read the answer, and open a WebSocket
     * @param credentials whether it may send credentials: the origins that are listed may, and no page may because all may
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
     * Judges a request. Clients that are no browsers name no origin; pages of this server may always.
     *
     * @param request whose {@code Host} {@link HostCheck} has set
     * @param secure whether the client is known to have come by TLS
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
     * Whether a page came from this server itself. A host names no scheme, and a proxy that ends TLS often none either, so both
     * will do, each with its default port; but a page that came by plain HTTP is not that of a client who came by TLS.
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

    /** Adds what the answer to a preflight must say besides: all methods of the protocol, and the headers asked for. */
    static void addPreflightTo(HttpHeaders headers, HttpHeaders request) {
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET,POST");
        headers.add(HttpHeaderNames.VARY, "Access-Control-Request-Headers");
        String requested = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (requested != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, requested);
        }
    }
}
