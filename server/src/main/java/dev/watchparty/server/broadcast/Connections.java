package dev.watchparty.server.broadcast;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.socketio.ClientIds;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets that are connected to this node. Entries are added on connect and removed on disconnect. */
@Singleton
public final class Connections {
    private final Map<String, Connection> bySocketId = new ConcurrentHashMap<>();

    @Inject
    Connections() {}

    public void add(Connection connection) {
        bySocketId.put(connection.socketId(), connection);
    }

    public Optional<Connection> remove(SocketIOClient client) {
        return Optional.ofNullable(bySocketId.remove(ClientIds.publicId(client)));
    }

    public Optional<Connection> find(SocketIOClient client) {
        return find(ClientIds.publicId(client));
    }

    public Optional<Connection> find(String socketId) {
        return Optional.ofNullable(bySocketId.get(socketId));
    }
}
