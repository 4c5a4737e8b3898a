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
public final class Members {
    private final Map<String, Member> bySocketId = new ConcurrentHashMap<>();

    @Inject
    Members() {}

    /**
     * Adds a member, unless its socket has a later one. Returns the one that gives way, if its socket has come back:
     * most often the other, but this one if the later has been quicker.
     */
    public Optional<Member> add(Member member) {
        AtomicReference<Member> givesWay = new AtomicReference<>();
        bySocketId.merge(member.socketId(), member, (known, added) -> {
            boolean isLatest = added.visitor().visit() > known.visitor().visit();
            givesWay.set(isLatest ? known : added);
            return isLatest ? added : known;
        });
        return Optional.ofNullable(givesWay.get());
    }

    /** Removes a client's member; empty if it was replaced before. */
    public Optional<Member> remove(SocketIOClient client) {
        Optional<Member> member = find(client);
        member.ifPresent(own -> bySocketId.remove(own.socketId(), own));
        return member;
    }

    /** The connection of a client; empty if it was replaced. */
    public Optional<Member> find(SocketIOClient client) {
        return find(SocketHandle.of(client).publicId()).filter(member -> member.client() == client);
    }

    public Optional<Member> find(String socketId) {
        return Optional.ofNullable(bySocketId.get(socketId));
    }
}
