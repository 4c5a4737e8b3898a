package dev.watchparty.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisURI;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of a Redis server, as a setting holds it.
 *
 * @param tls whether the address asks for TLS
 * @param username empty for the default user
 * @param password empty for none
 */
record RedisAddress(
        boolean tls, Optional<String> username, Optional<String> password, String host, int port, int database) {
    static final String EXPECTED = "redis://host:port, or rediss:// for TLS, with user:password@ before the host"
            + " and /database behind the port if needed";
    static final String SENTINEL_EXPECTED = "hosts with their ports, such as 10.0.0.1:26379";

    /** A comma before another address. A password may contain other commas. */
    static final Pattern COMMA = Pattern.compile(",(?=\\s*[a-z+-]+://|\\s*$)");

    private static final String HOST = "(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(?<port>\\d{1,5}))?";
    private static final Pattern URI = Pattern.compile(
            "(?<scheme>rediss?)://(?:(?:(?<user>[^:@]*):)?(?<password>.*)@)?" + HOST + "(?:/(?<database>\\d{1,4})?)?");
    private static final Pattern SENTINEL = Pattern.compile(HOST);

    /** The part of an address that could be a password whose {@code @} is missing: a text in place of the port. */
    private static final Pattern NO_PORT = Pattern.compile(":(?!//|\\d{1,5}(?:/|$)).*");

    /** Hides the password of an address, which may be wrong in any way. */
    static String masked(String address) {
        int begin = address.indexOf("://") < 0 ? 0 : address.indexOf("://") + 3;
        int end = address.lastIndexOf('@');
        return end >= begin
                ? address.substring(0, begin) + "***" + address.substring(end)
                : NO_PORT.matcher(address).replaceFirst(":***");
    }

    /** @throws IllegalArgumentException if it is wrong; the message may hold a password */
    static RedisAddress parse(String uri) {
        Matcher parts = matched(URI, uri);
        return new RedisAddress(
                parts.group("scheme").equals("rediss"),
                part(parts, "user"),
                part(parts, "password"),
                parts.group("host"),
                port(parts, RedisURI.DEFAULT_REDIS_PORT),
                part(parts, "database").map(Integer::parseInt).orElse(0));
    }

    /**
     * The address of a sentinel, which has no scheme.
     *
     * @throws IllegalArgumentException if it is wrong
     */
    static RedisAddress parseSentinel(String address) {
        Matcher parts = matched(SENTINEL, address);
        return new RedisAddress(
                false,
                Optional.empty(),
                Optional.empty(),
                parts.group("host"),
                port(parts, RedisURI.DEFAULT_SENTINEL_PORT),
                0);
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an address of Redis");
        }
        return matcher;
    }

    private static Optional<String> part(Matcher parts, String name) {
        return Optional.ofNullable(parts.group(name))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), UTF_8));
    }

    private static int port(Matcher parts, int orElse) {
        int port =
                Optional.ofNullable(parts.group("port")).map(Integer::parseInt).orElse(orElse);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port");
        }
        return port;
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "RedisAddress[%s:%d]".formatted(host, port);
    }
}
