package dev.watchparty.server.engineio;

import io.netty.util.NetUtil;
import java.util.Optional;

/**
 * A host, or every host with exactly one more label before it.
 *
 * @param host as {@link Authority} has it
 * @param below whether one label stands before it: {@code *.example.org}
 */
record HostPattern(String host, boolean below) {
    private static final String ANY_LABEL = "*.";

    /** Returns empty if the text is neither a host nor {@code *.} and a host. A port is not part of it. */
    static Optional<HostPattern> parse(String text) {
        boolean below = text.startsWith(ANY_LABEL);
        String host = below ? text.substring(ANY_LABEL.length()) : text;
        String literal = NetUtil.isValidIpV6Address(host) && !host.startsWith("[") ? "[" + host + "]" : host;
        return Authority.parse(literal)
                .filter(authority -> authority.port().isEmpty() && !literal.endsWith(":"))
                .flatMap(authority -> of(authority.host(), below));
    }

    /** Returns empty if no browser would send such a host. */
    static Optional<HostPattern> of(String host, boolean below) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        boolean isNumeric = !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean isAddress = isNumeric || host.startsWith("[");
        boolean isCanonical = !isNumeric || NetUtil.isValidIpV4Address(host);
        return isCanonical && !(isAddress && below) ? Optional.of(new HostPattern(host, below)) : Optional.empty();
    }

    /** @param other as {@link Authority} has it */
    boolean matches(String other) {
        if (!below) {
            return host.equals(other);
        }
        int label = other.indexOf('.');
        return label > 0 && other.length() - label - 1 == host.length() && other.endsWith(host);
    }
}
