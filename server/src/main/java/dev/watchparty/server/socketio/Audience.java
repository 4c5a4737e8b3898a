package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sockets that are told the same: worth keeping as long as they stay the same, since what a broadcast needs to know of them
 * is found out once. For callers with a common lock.
 */
public final class Audience {
    private final List<SocketIOClient> sockets;
    private Groups groups;

    /**
     * @param settled those that are on a WebSocket
     * @param others those that have still to get one, perhaps
     */
    record Groups(List<Group> settled, List<NamespaceSocket> others) {}

    /** Sockets whose messages go the same way, in the same form. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Group(Route route, Receiver[] receivers) {}

    /** A socket beside what it leads to: a broadcast need not follow one to find the next, each far off in memory. */
    record Receiver(NamespaceSocket socket, EngineSession session, WebSocketTransport webSocket) {}

    record Route(Deliveries deliveries, PacketEncoder encoder) {}

    private Audience(List<SocketIOClient> sockets) {
        this.sockets = sockets;
    }

    public static Audience of(Collection<? extends SocketIOClient> sockets) {
        return new Audience(List.copyOf(sockets));
    }

    public List<SocketIOClient> sockets() {
        return sockets;
    }

    /** Those who are settled stay so: a session that has a WebSocket never leaves it, nor its loop. */
    Groups groups() {
        if (groups == null
                || groups.others().stream().anyMatch(socket -> socket.session().deliveries() != null)) {
            groups = group();
        }
        return groups;
    }

    private Groups group() {
        Map<Route, List<Receiver>> settled = new LinkedHashMap<>();
        List<NamespaceSocket> others = new ArrayList<>();
        for (SocketIOClient client : sockets) {
            NamespaceSocket socket = NamespaceSocket.of(client);
            EngineSession session = socket.session();
            Deliveries deliveries = session.deliveries();
            if (deliveries != null && session.transport() instanceof WebSocketTransport webSocket) {
                settled.computeIfAbsent(new Route(deliveries, socket.encoder()), route -> new ArrayList<>())
                        .add(new Receiver(socket, session, webSocket));
            } else {
                others.add(socket);
            }
        }
        List<Group> groups = new ArrayList<>();
        settled.forEach((route, receivers) -> groups.add(new Group(route, receivers.toArray(Receiver[]::new))));
        return new Groups(groups, others);
    }
}
