package dev.watchparty.server.identity;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.RoomId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/**
 * Gives clients tickets, and recognises the clients that come back with one.
 *
 * <p>A ticket alone is not enough to come back. The store must also {@linkplain PresenceStore#expects expect} its
 * owner: the owner is still in the room or was lost a short while ago. So a ticket is worthless later, and the server
 * remembers a bounded number of sockets.
 */
@API(status = API.Status.INTERNAL)
@Singleton
public final class ConnectionRecovery {
    private final boolean enabled;
    private final TicketSigner signer;
    private final PresenceStore presence;

    @Inject
    ConnectionRecovery(RecoveryConfig config, TicketSecret secret, PresenceStore presence) {
        this.enabled = config.enabled();
        this.signer = new TicketSigner(secret);
        this.presence = requireNonNull(presence, "presence is null");
    }

    /**
     * A socket that has come back.
     *
     * @param socketId its public id
     * @param participantId the person whom it belongs to
     */
    public record Returned(String socketId, String participantId) {}

    /**
     * Returns the owner of a ticket; empty if this server did not sign the ticket for that room, or does not expect the
     * owner.
     *
     * @param ticket the text that a client presents; not checked in any way
     */
    public CompletionStage<Optional<Returned>> recognise(RoomId room, Optional<String> ticket) {
        Optional<Returned> owner = ticket.filter(presented -> enabled)
                .flatMap(signer::verify)
                .filter(proven -> proven.room().equals(room))
                .map(proven -> new Returned(proven.socketId(), proven.participantId()));
        return owner.isEmpty()
                ? CompletableFuture.completedStage(owner)
                : presence.expects(room, owner.get().socketId())
                        .thenApply(isExpected -> owner.filter(id -> isExpected));
    }

    /** Returns the ticket with which a socket may come back; empty if clients may not. */
    public Optional<String> ticket(RoomId room, String socketId, String participantId) {
        return enabled ? Optional.of(signer.sign(new Ticket(socketId, participantId, room))) : Optional.empty();
    }
}
