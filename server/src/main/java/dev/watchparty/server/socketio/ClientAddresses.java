package dev.watchparty.server.socketio;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the address of a client behind proxies. */
final class ClientAddresses {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<IpSubnetFilterRule> trustedProxies;

    /**
     * @param trustedProxies addresses, or networks such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if one is neither
     */
    ClientAddresses(List<String> trustedProxies) {
        this.trustedProxies = trustedProxies.stream().map(ClientAddresses::rule).toList();
    }

    /** @throws IllegalArgumentException if one is neither an address nor a network */
    static void requireNetworks(List<String> networks) {
        networks.forEach(ClientAddresses::rule);
    }

    private static IpSubnetFilterRule rule(String network) {
        int slash = network.indexOf('/');
        InetAddress address = parse(slash < 0 ? network : network.substring(0, slash));
        try {
            if (address != null) {
                int prefix = slash < 0
                        ? address.getAddress().length * Byte.SIZE
                        : Integer.parseInt(network.substring(slash + 1));
                return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
            }
        } catch (IllegalArgumentException e) {
            // Told below, as for any other text.
        }
        throw new IllegalArgumentException(
                "trustedProxies: %s (expected: addresses, or networks such as 10.0.0.0/8)".formatted(network));
    }

    /**
     * The nearest address that no trusted proxy has. Each proxy appends the one it was called from, so the list is
     * believed from its end, as far as the proxies are: what stands before is only what a client claims.
     */
    InetSocketAddress clientOf(InetSocketAddress peer, HttpHeaders headers) {
        if (!isTrusted(peer)) {
            return peer;
        }
        List<String> hops =
                List.of(String.join(",", headers.getAll(FORWARDED_FOR)).split(","));
        InetSocketAddress client = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            InetAddress hop = parse(hops.get(i).strip());
            if (hop == null) {
                break;
            }
            client = new InetSocketAddress(hop, 0);
        }
        return client;
    }

    boolean isTrusted(InetSocketAddress address) {
        return !trustedProxies.isEmpty() && trustedProxies.stream().anyMatch(rule -> rule.matches(address));
    }

    /** Reads a literal, with or without a port; null if it is none. Never asks the name service. */
    private static InetAddress parse(String literal) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(withoutPort(literal));
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static String withoutPort(String literal) {
        int bracket = literal.indexOf(']');
        if (bracket > 0) {
            return literal.substring(literal.indexOf('[') + 1, bracket);
        }
        int colon = literal.indexOf(':');
        boolean isIpv4WithPort = colon > 0 && colon == literal.lastIndexOf(':');
        return isIpv4WithPort ? literal.substring(0, colon) : literal;
    }
}
