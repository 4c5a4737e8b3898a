package dev.watchparty.server.engineio;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page comes from: RFC 6454. A WebSocket's own schemes count as those of HTTP, which browsers send and some other
 * clients do not.
 *
 * @param scheme in lower case
 * @param host as {@link Authority} has it
 * @param port the scheme's default if none is named; 0 where the scheme has none
 */
public record Origin(String scheme, String host, int port) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.+)");

    /** Empty if it is none: {@code null}, a path behind it, a list. */
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

    /** {@code http} for {@code ws}, {@code https} for {@code wss}, and others as they are. */
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
