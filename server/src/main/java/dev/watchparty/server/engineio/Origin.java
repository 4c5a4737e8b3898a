package dev.watchparty.server.engineio;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a page: RFC 6454. The schemes of WebSockets count as those of HTTP: browsers send those of HTTP, and
 * some other clients send their own.
 */
record Origin(String scheme, String host, int port) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.+)");

    /** Returns empty if it is not an origin: {@code null}, one with a path behind it, a list. */
    static Optional<Origin> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = ofHttp(matcher.group(1).toLowerCase(Locale.ROOT));
        return Authority.parse(matcher.group(2))
                .map(authority ->
                        new Origin(scheme, authority.host(), authority.port().orElse(defaultPort(scheme))));
    }

    /** Returns {@code http} for {@code ws}, {@code https} for {@code wss}, and other schemes unchanged. */
    static String ofHttp(String scheme) {
        return switch (scheme) {
            case "ws" -> "http";
            case "wss" -> "https";
            default -> scheme;
        };
    }

    boolean isDefaultPort() {
        return port == defaultPort(scheme);
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> 0;
        };
    }
}
