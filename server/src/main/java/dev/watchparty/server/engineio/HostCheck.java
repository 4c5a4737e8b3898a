package dev.watchparty.server.engineio;

import dev.watchparty.server.engineio.TransportConfig.Hosts;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks every request first, whatever its path: whether it is HTTP/1, and whether it names exactly one host, which is
 * this server.
 *
 * <p>The handlers behind it see a request whose {@code Host} and {@code X-Forwarded-Proto} are those that the client
 * used, also through proxies, and whose target begins with the path.
 */
final class HostCheck {
    private static final AttributeKey<Boolean> SECURE = AttributeKey.valueOf(HostCheck.class, "secure");
    private static final Pattern ABSOLUTE_TARGET = Pattern.compile("(?i)https?://([^/?#]*)(.*)");

    private static final String FORWARDED_HOST = "X-Forwarded-Host";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private final ClientAddresses addresses;
    private final Hosts hosts;
    private final List<HostPattern> names;

    HostCheck(ClientAddresses addresses, Hosts hosts) {
        this.addresses = addresses;
        this.hosts = hosts;
        this.names = hosts.patterns();
    }

    /** Whether the client of the current request is known to use TLS. */
    static boolean isSecure(Channel channel) {
        return Boolean.TRUE.equals(channel.attr(SECURE).get());
    }

    /** Null if the request may go on. */
    EngineError refusalOf(Channel channel, HttpRequest request) {
        if (!isSupported(request.protocolVersion())) {
            return EngineError.BAD_REQUEST;
        }
        HttpHeaders headers = request.headers();
        List<String> named = headers.getAll(HttpHeaderNames.HOST);
        boolean mayBeMissing = request.protocolVersion().minorVersion() == 0; // RFC 9112, section 3.2
        if (named.size() > 1 || (named.isEmpty() && !mayBeMissing)) {
            return EngineError.BAD_REQUEST;
        }
        if (!named.isEmpty() && Authority.parse(named.get(0)).isEmpty()) {
            return EngineError.BAD_REQUEST;
        }

        String host = named.isEmpty() ? null : named.get(0);
        Matcher absolute = ABSOLUTE_TARGET.matcher(request.uri());
        if (absolute.matches()) { // then Host is ignored: RFC 9112, section 3.2.2
            host = absolute.group(1);
            request.setUri(absolute.group(2).startsWith("/") ? absolute.group(2) : "/" + absolute.group(2));
        }
        int proxies = addresses.trustedProxiesOf((InetSocketAddress) channel.remoteAddress(), headers);
        host = forwarded(headers, FORWARDED_HOST, proxies).orElse(host);
        Optional<Authority> asked = host == null ? Optional.empty() : Authority.parse(host);
        if (host != null && asked.isEmpty()) {
            return EngineError.BAD_REQUEST;
        }
        if (!isOurs(asked, request.uri())) {
            return EngineError.MISDIRECTED_REQUEST;
        }
        asked.ifPresent(authority -> headers.set(HttpHeaderNames.HOST, authority.toString()));
        boolean secure = isSecure(channel, forwarded(headers, FORWARDED_PROTO, proxies));
        channel.attr(SECURE).set(secure);
        headers.set(FORWARDED_PROTO, secure ? "https" : "http");
        return null;
    }

    private static boolean isSupported(HttpVersion version) {
        return version.protocolName().equals("HTTP")
                && version.majorVersion() == 1
                && (version.minorVersion() == 0 || version.minorVersion() == 1);
    }

    /**
     * The value that the client used, as the proxies report it. A proxy sets such a header, or adds to it. So the last
     * entries of a list come from the proxies, one each; the entries before are only claims of the client.
     */
    private static Optional<String> forwarded(HttpHeaders headers, String name, int proxies) {
        List<String> all = headers.getAll(name);
        if (proxies == 0 || all.isEmpty()) {
            return Optional.empty();
        }
        List<String> entries = List.of(String.join(",", all).split(",", -1));
        return Optional.of(entries.get(Math.max(entries.size() - proxies, 0)).strip());
    }

    private boolean isOurs(Optional<Authority> asked, String uri) {
        if (names.isEmpty()) {
            return true;
        }
        if (asked.isPresent()
                && names.stream().anyMatch(name -> name.matches(asked.get().host()))) {
            return true;
        }
        int query = uri.indexOf('?');
        return hosts.pathsOfAny().contains(query < 0 ? uri : uri.substring(0, query));
    }

    private static boolean isSecure(Channel channel, Optional<String> forwardedScheme) {
        return forwardedScheme
                .map(scheme -> Origin.ofHttp(scheme.toLowerCase(Locale.ROOT)).equals("https"))
                .orElseGet(() -> channel.pipeline().get(SslHandler.class) != null);
    }
}
