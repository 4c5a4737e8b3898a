package dev.watchparty.server.engineio;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the address of a client behind proxies. */
final class ClientAddresses {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /**
     * How many peers are logged, or treated as proxies, in the lifetime of a server: more than a mistake can explain.
     */
    private static final int MAX_PEERS = 100;

    private static final Logger log = LoggerFactory.getLogger(ClientAddresses.class);

    /** RFC 6598, for providers and clouds; RFC 4193. The JDK knows the other private networks. */
    private static final List<IpSubnetFilterRule> PRIVATE = List.of(rule("100.64.0.0/10"), rule("fc00::/7"));

    private final List<IpSubnetFilterRule> trustedProxies;
    private final Set<AddressKey> toldOf = ConcurrentHashMap.newKeySet();
    private final Set<AddressKey> unlistedProxies = ConcurrentHashMap.newKeySet();

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
            // It is reported below, like any other text.
        }
        throw new IllegalArgumentException(
                "trustedProxies: %s (expected: addresses, or networks such as 10.0.0.0/8)".formatted(network));
    }

    /**
     * The nearest address that does not belong to a trusted proxy. Each proxy appends the address that called it, so
     * the list is trusted from its end for as long as the entries are trusted proxies. Everything before that is only a
     * claim of the client.
     */
    InetSocketAddress clientOf(InetSocketAddress peer, HttpHeaders headers) {
        if (!isTrusted(peer)) {
            return peer;
        }
        List<String> hops = hops(headers);
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

    /**
     * The address whose limits count for a client. This is normally the client's own. If the peer is on a private
     * network but is not a trusted proxy, it is the last address that the peer forwards for, if it names one. Such a
     * peer is most often a proxy that has not been listed, and its users must not share one allowance. See
     * docs/decisions/2026-11-unlisted-proxies.md.
     */
    InetAddress countedAs(InetSocketAddress peer, HttpHeaders headers) {
        if (isTrusted(peer) || !headers.contains(FORWARDED_FOR)) {
            return clientOf(peer, headers).getAddress();
        }
        InetAddress address = peer.getAddress();
        boolean isPrivate = isPrivate(address);
        if (addBounded(toldOf, address)) {
            log.atWarn()
                    .addKeyValue("peer", address.getHostAddress())
                    .log(
                            "{} sends X-Forwarded-For and is not in watchparty.server.trusted-proxies; {}",
                            isPrivate ? "a peer of a private network" : "a peer",
                            isPrivate
                                    ? "if it is your proxy, add it there; until then only the limits use the addresses that it sends"
                                    : "it is not believed, and all clients behind it count as one address");
        }
        InetAddress forwarded = isPrivate ? lastHop(headers) : null;
        if (forwarded == null) {
            return address;
        }
        addBounded(unlistedProxies, address);
        return forwarded;
    }

    /** Null if it is not an address. */
    private static InetAddress lastHop(HttpHeaders headers) {
        List<String> lines = headers.getAll(FORWARDED_FOR);
        String last = lines.get(lines.size() - 1);
        return parse(last.substring(last.lastIndexOf(',') + 1).strip());
    }

    /** True if it is new. */
    private static boolean addBounded(Set<AddressKey> peers, InetAddress address) {
        AddressKey key = AddressKey.of(address);
        return !peers.contains(key) && peers.size() < MAX_PEERS && peers.add(key);
    }

    private static boolean isPrivate(InetAddress address) {
        InetSocketAddress socket = new InetSocketAddress(address, 0);
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || PRIVATE.stream().anyMatch(rule -> rule.matches(socket));
    }

    /**
     * Whether many clients connect through it: a trusted proxy, or a peer that {@link #countedAs} has treated as one.
     */
    boolean isProxy(InetSocketAddress peer) {
        return isTrusted(peer)
                || (!unlistedProxies.isEmpty() && unlistedProxies.contains(AddressKey.of(peer.getAddress())));
    }

    /** How many trusted proxies a request has passed: the peer, and those that it reports. */
    int trustedProxiesOf(InetSocketAddress peer, HttpHeaders headers) {
        if (!isTrusted(peer)) {
            return 0;
        }
        List<String> hops = hops(headers);
        int proxies = 1;
        for (int i = hops.size() - 1; i >= 0; i--) {
            InetAddress hop = parse(hops.get(i).strip());
            if (hop == null || !isTrusted(new InetSocketAddress(hop, 0))) {
                break;
            }
            proxies++;
        }
        return proxies;
    }

    private static List<String> hops(HttpHeaders headers) {
        return List.of(String.join(",", headers.getAll(FORWARDED_FOR)).split(","));
    }

    boolean isTrusted(InetSocketAddress address) {
        return !trustedProxies.isEmpty() && trustedProxies.stream().anyMatch(rule -> rule.matches(address));
    }

    /** Reads a literal, with or without a port; null if it is neither. It never uses DNS. */
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
