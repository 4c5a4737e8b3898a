package dev.watchparty.server.broadcast;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.protocol.RequestError;
import dev.watchparty.protocol.SessionIdentity;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.socketio.SocketHandle;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/** A connected socket of this node, and the room that its handshake chose. */
@API(status = API.Status.INTERNAL)
public final class Member {
    private final SocketIOClient client;
    private final RoomId room;
    private final Arrival arrival;
    private final PartyDialect dialect;
    private final Optional<SessionIdentity> identity;
    private final CompletableFuture<Visitor> visitor = new CompletableFuture<>();
    private volatile boolean replaced;

    /**
     * @param dialect the form of events that the client reads
     * @param identity the participant and token that it is told when it is let in; empty if it knows no identities
     */
    public Member(
            SocketIOClient client,
            RoomId room,
            Arrival arrival,
            PartyDialect dialect,
            Optional<SessionIdentity> identity) {
        this.client = requireNonNull(client, "client is null");
        this.room = requireNonNull(room, "room is null");
        this.arrival = requireNonNull(arrival, "arrival is null");
        this.dialect = requireNonNull(dialect, "dialect is null");
        this.identity = requireNonNull(identity, "identity is null");
    }

    /**
     * Returns the member of a client; empty if the client has come back over another connection, which is the member
     * now.
     */
    public static Optional<Member> of(SocketIOClient client) {
        Member member = SocketHandle.of(client).attachment(Member.class);
        return member.replaced ? Optional.empty() : Optional.of(member);
    }

    public SocketIOClient client() {
        return client;
    }

    public RoomId room() {
        return room;
    }

    public Arrival arrival() {
        return arrival;
    }

    /** The form of events that the client reads. */
    public PartyDialect dialect() {
        return dialect;
    }

    /** The public id of the socket. */
    public String socketId() {
        return arrival.socketId();
    }

    /** The visit that the store has created for the arrival; fails if the store refused it. */
    public CompletionStage<Visitor> visitor() {
        return visitor;
    }

    /** The store has answered. */
    public void entered(Visitor visit, Throwable refusal) {
        if (refusal == null) {
            visitor.complete(visit);
        } else {
            visitor.completeExceptionally(refusal);
        }
    }

    /** Tells the client which participant it is. It gets its token only when it has been let in. */
    void identify() {
        identity.ifPresent(own -> client.sendEvent(SocketEvents.IDENTITY, own));
    }

    /** Sends the client away for good, and tells it why. */
    void sendAway(RequestError reason) {
        client.sendEvent(SocketEvents.ERROR, reason);
        client.disconnect();
    }

    /** Ends the connection, since its client has come back over another one. */
    void replace() {
        replaced = true;
        SocketHandle.of(client).replace();
    }
}
