package dev.watchparty.server.http;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The settings of everything that is served besides Socket.IO.
 *
 * @param enabled whether the web client is served; without it only the health endpoints are
 * @param basePath the start of all paths, without a slash at its end: {@code /party}; empty if the page is at {@code /}
 * @param servesLibrary whether the files of socket.io-client are served, below {@code /socket.io/} of the base path
 * @param frameAncestors the sites that may show the page in a frame: {@code 'self'}, or sites such as {@code
 *     https://example.com} and {@code https://*.example.com}; none if empty
 * @param connectOrigins other servers that the page may connect to, such as {@code https://party.example.com}; each by
 *     HTTP and by WebSocket
 * @param hstsMaxAge how long browsers must insist on TLS, whole seconds; at zero the header is not sent. Only sent on
 *     connections that this server itself encrypts
 * @param readinessTimeout the longest wait for the checks behind {@code /readyz}, above zero
 */
@API(status = API.Status.INTERNAL)
public record PagesConfig(
        boolean enabled,
        String basePath,
        boolean servesLibrary,
        List<String> frameAncestors,
        List<String> connectOrigins,
        Duration hstsMaxAge,
        Duration readinessTimeout) {
    /** The text that a header may hold for a site, so that nothing in a list can end its directive. */
    private static final Pattern ORIGIN = Pattern.compile("https?://(?:\\*\\.)?[A-Za-z0-9.-]+(?::\\d{1,5})?");

    /** No segment consists only of dots: browsers would resolve it. */
    private static final Pattern BASE_PATH = Pattern.compile("(?:/(?!\\.+(?:/|$))[A-Za-z0-9._~-]+)*");

    private static final String SELF = "'self'";

    static final String HEALTH = "/healthz";
    static final String READINESS = "/readyz";

    /** The builds that the Node server serves; each has a source map beside it. */
    private static final List<String> LIBRARY =
            List.of("socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js");

    public PagesConfig {
        requireBasePath(BASE_PATH.matcher(basePath).matches(), basePath);
        frameAncestors = List.copyOf(requireNonNull(frameAncestors, "frameAncestors is null"));
        connectOrigins = List.copyOf(requireNonNull(connectOrigins, "connectOrigins is null"));
        requireNonNull(hstsMaxAge, "hstsMaxAge is null");
        requireNonNull(readinessTimeout, "readinessTimeout is null");
        for (String ancestor : frameAncestors) {
            checkArgument(
                    ancestor.equals(SELF) || ORIGIN.matcher(ancestor).matches(),
                    "frameAncestors: %s (expected: 'self' or an origin such as https://example.com)",
                    ancestor);
        }
        for (String origin : connectOrigins) {
            checkArgument(
                    ORIGIN.matcher(origin).matches(),
                    "connectOrigins: %s (expected: an origin such as https://party.example.com)",
                    origin);
        }
        checkArgument(!hstsMaxAge.isNegative(), "hstsMaxAge: %s (expected: >= 0)", hstsMaxAge);
        checkArgument(
                !readinessTimeout.isNegative() && !readinessTimeout.isZero(),
                "readinessTimeout: %s (expected: > 0)",
                readinessTimeout);
    }

    /** The path of Socket.IO, beside the pages: without a slash at its end. */
    public String socketIoPath() {
        return basePath + "/socket.io";
    }

    /** The paths of the health endpoints: below the base path, and at the root, where platforms look for them. */
    public Set<String> healthPaths() {
        return Stream.of("", basePath)
                .flatMap(base -> Stream.of(base + HEALTH, base + READINESS))
                .collect(toUnmodifiableSet());
    }

    /** The paths of the files of socket.io-client, as on the Node server; empty if they are not served. */
    public Set<String> libraryPaths() {
        if (!servesLibrary) {
            return Set.of();
        }
        return LIBRARY.stream()
                .flatMap(build -> Stream.of(build, build + ".map"))
                .map(name -> socketIoPath() + "/" + name)
                .collect(toUnmodifiableSet());
    }

    /**
     * Reads a base path as people write it: {@code /}, {@code /party} or {@code /party/}.
     *
     * @throws IllegalArgumentException if it is not a base path
     */
    public static String parseBasePath(String text) {
        String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        requireBasePath(!text.isEmpty() && BASE_PATH.matcher(path).matches(), text);
        return path;
    }

    private static void requireBasePath(boolean isOne, String text) {
        checkArgument(
                isOne, "basePath: %s (expected: / or a path such as /party, of letters, digits and . _ ~ -)", text);
    }
}
