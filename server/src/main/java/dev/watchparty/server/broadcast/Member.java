package dev.watchparty.server.broadcast;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.Visitor;

/** A connected socket, and the room that its handshake chose. */
public record Member(SocketIOClient client, RoomId room, Visitor visitor) {
    public Member {
        requireNonNull(client, "client is null");
        requireNonNull(room, "room is null");
        requireNonNull(visitor, "visitor is null");
    }

    /** The public id of the socket. */
    public String socketId() {
        return visitor.socketId();
    }
}
