package dev.watchparty.server.engineio;

import dev.watchparty.server.engineio.TransportConfig.Limits;
import dev.watchparty.server.logging.ThrottledLog;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks the open connections and runs before any other work for a connection. It closes a new connection at once if
 * too many are open, or too many from its address. Clients behind a proxy share its address, so a proxy may have as
 * many as the total limit allows. A proxy that is not trusted is recognised by its first request for a session, long
 * before it has many connections.
 *
 * <p>A handler of the listening channel, whose messages are the accepted connections. It serves one channel at a time,
 * and another one only if the first could not listen.
 */
@Sharable
final class ConnectionGate extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ConnectionGate.class);

    private final int max;
    private final int maxPerAddress;
    private final ClientAddresses addresses;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final Map<AddressKey, Integer> openByAddress = new ConcurrentHashMap<>(); // no zeros
    private final ThrottledLog full = new ThrottledLog(
            count -> log.atWarn().addKeyValue("count", count).log("connections refused: max-connections are open"));
    private final ThrottledLog crowded = new ThrottledLog(count -> log.atWarn()
            .addKeyValue("count", count)
            .log("connections refused: max-connections-per-address are open from their address"));

    ConnectionGate(Limits limits, ClientAddresses addresses) {
        this.max = limits.maxConnections();
        this.maxPerAddress = limits.maxConnectionsPerAddress();
        this.addresses = addresses;
    }

    /** The connections that are open now. */
    Set<Channel> connections() {
        return open;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel connection = (Channel) message;
        InetSocketAddress peer = (InetSocketAddress) connection.remoteAddress();
        if (peer == null || !admit(connection, peer)) {
            connection.unsafe().closeForcibly(); // it has no event loop yet
            return;
        }
        ctx.fireChannelRead(connection);
    }

    private boolean admit(Channel connection, InetSocketAddress peer) {
        if (open.size() >= max) {
            full.count();
            return false;
        }
        if (addresses.isProxy(peer)) {
            open.add(connection);
            connection.closeFuture().addListener(closed -> open.remove(connection));
            return true;
        }
        AddressKey address = AddressKey.of(peer.getAddress());
        if (openByAddress.getOrDefault(address, 0) >= maxPerAddress) {
            crowded.count();
            return false;
        }
        open.add(connection);
        openByAddress.merge(address, 1, Integer::sum);
        connection.closeFuture().addListener(closed -> {
            open.remove(connection);
            openByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        });
        return true;
    }
}
