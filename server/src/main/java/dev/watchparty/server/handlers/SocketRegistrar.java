package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.HandshakeData;
import dev.watchparty.server.recovery.ConnectionRecovery;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.socketio.SocketIdentities;
import jakarta.inject.Inject;
import java.util.Optional;

/** Gives a socket the id that it had, if it proves to have had one, or else a new one. */
public final class SocketRegistrar implements SocketIdentities {
    private final ConnectionRecovery connectionRecovery;

    @Inject
    SocketRegistrar(ConnectionRecovery connectionRecovery) {
        this.connectionRecovery = requireNonNull(connectionRecovery, "connectionRecovery is null");
    }

    @Override
    public Identity identify(HandshakeData handshake, Optional<String> pid) {
        RoomId room = Handshake.read(handshake).orElseThrow().room();
        Identity identity = pid.flatMap(ticket -> connectionRecovery.recognise(room, ticket))
                .map(Identity::recovered)
                .orElseGet(Identity::unknown);
        return connectionRecovery
                .ticket(room, identity.publicId())
                .map(identity::withPid)
                .orElse(identity);
    }
}
