package dev.watchparty.server.engineio;

import java.util.Optional;

/**
 * The origins that an entry of {@code allowed-origins} stands for.
 *
 * @param port as {@link Origin} has it
 */
record OriginPattern(String scheme, HostPattern host, int port) {
    private static final String BEFORE_HOST = "://";
    private static final String ANY_LABEL = BEFORE_HOST + "*.";

    /**
     * Reads an origin, or one whose first label is {@code *}, which stands for exactly one label. {@code null} is
     * refused, because every page can make its own origin {@code null}.
     *
     * @throws IllegalArgumentException if it is neither; an entry that matches nothing is of no use
     */
    static OriginPattern parse(String text) {
        boolean below = text.contains(ANY_LABEL);
        String plain = below ? text.replace(ANY_LABEL, BEFORE_HOST) : text;
        Optional<Origin> origin = Origin.parse(plain);
        return origin.flatMap(found -> HostPattern.of(found.host(), below)
                        .map(host -> new OriginPattern(found.scheme(), host, found.port())))
                .orElseThrow(() -> new IllegalArgumentException(("allowedOrigins: %s (expected: * or origins such as"
                                + " https://watch.example.com, http://localhost:5173 and https://*.example.com, in ASCII"
                                + " and with nothing behind the host and port)")
                        .formatted(text)));
    }

    boolean matches(Origin origin) {
        return scheme.equals(origin.scheme()) && port == origin.port() && host.matches(origin.host());
    }
}
