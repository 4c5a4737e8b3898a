package dev.watchparty.server.broadcast;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.socketio.SocketHandle;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The sockets that are connected to this node. Entries are added on connect and removed on disconnect. */
@Singleton
public final class Connections {
    private final Map<String, Connection> bySocketId = new ConcurrentHashMap<>();

    @Inject
    Connections() {}

    /**
     * Adds a connection, unless its socket has a later one. Returns the one that gives way, if its socket has come back:
     * most often the other, but this one if the later has been quicker.
     */
    public Optional<Connection> add(Connection connection) {
        AtomicReference<Connection> givesWay = new AtomicReference<>();
        bySocketId.merge(connection.socketId(), connection, (known, added) -> {
            boolean isLatest = added.visitor().visit() > known.visitor().visit();
            givesWay.set(isLatest ? known : added);
            return isLatest ? added : known;
        });
        return Optional.ofNullable(givesWay.get());
    }

    /** Removes a client's connection; empty if it was replaced before. */
    public Optional<Connection> remove(SocketIOClient client) {
        Optional<Connection> connection = find(client);
        connection.ifPresent(own -> bySocketId.remove(own.socketId(), own));
        return connection;
    }

    /** The connection of a client; empty if it was replaced. */
    public Optional<Connection> find(SocketIOClient client) {
        return find(SocketHandle.of(client).publicId()).filter(connection -> connection.client() == client);
    }

    public Optional<Connection> find(String socketId) {
        return Optional.ofNullable(bySocketId.get(socketId));
    }
}
