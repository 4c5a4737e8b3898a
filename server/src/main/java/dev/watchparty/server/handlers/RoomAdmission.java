package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.server.broadcast.Member;
import dev.watchparty.server.broadcast.PartyDialect;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.identity.ConnectionRecovery;
import dev.watchparty.server.identity.ConnectionRecovery.Returned;
import dev.watchparty.server.identity.Identities;
import dev.watchparty.server.identity.Identities.Proof;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Credentials;
import dev.watchparty.server.session.DefaultRoom;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.socketio.Admission;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apiguardian.api.API;

/**
 * Admits a client to the room that its handshake names: under its earlier id if it proves that it has come back, and
 * under a new one otherwise. It attaches the client's {@link Member}.
 */
@API(status = API.Status.INTERNAL)
public final class RoomAdmission implements Admission {
    private static final Decision INVALID_ROOM = Decision.refuse(
            "Invalid room (expected: 1 .. 64 characters of A-Z a-z 0-9 _ -, or 3 .. 40 letters, digits and -)",
            Map.of("code", RequestErrorCode.INVALID_ROOM.name()));

    private static final Decision DEFAULT_ROOM_OFF = Decision.refuse(
            "This server has no room for everybody (expected: the name of a room)",
            Map.of("code", RequestErrorCode.DEFAULT_ROOM_OFF.name()));

    /** Leaves as many numbers below 2^53, which every encoding of numbers keeps. */
    private static final long MAX_FIRST_ARRIVAL = 1L << 52;

    private final DefaultRoom defaultRoom;
    private final AdmissionCheck check;
    private final ConnectionRecovery connectionRecovery;
    private final Identities identities;
    private final RoomPasswords passwords;

    /** Begins at random: connections of one socket to two nodes, or to two runs of one node, have different numbers. */
    private final AtomicLong arrivals =
            new AtomicLong(ThreadLocalRandom.current().nextLong(MAX_FIRST_ARRIVAL));

    @Inject
    RoomAdmission(
            DefaultRoom defaultRoom,
            AdmissionCheck check,
            ConnectionRecovery connectionRecovery,
            Identities identities,
            RoomPasswords passwords) {
        this.defaultRoom = requireNonNull(defaultRoom, "defaultRoom is null");
        this.identities = requireNonNull(identities, "identities is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
        this.check = requireNonNull(check, "check is null");
        this.connectionRecovery = requireNonNull(connectionRecovery, "connectionRecovery is null");
    }

    @Override
    public CompletionStage<Decision> decide(SocketIOClient client, Optional<String> pid) {
        Optional<Handshake> handshake = Handshake.read(client.getHandshakeData());
        if (handshake.isEmpty()) {
            return CompletableFuture.completedStage(INVALID_ROOM);
        }
        if (handshake.get().room().equals(RoomId.DEFAULT) && !defaultRoom.isOpen()) {
            return CompletableFuture.completedStage(DEFAULT_ROOM_OFF);
        }
        return check.check(client.getHandshakeData(), handshake.get().room())
                .thenCompose(refusal -> decide(client, pid, handshake.get(), refusal));
    }

    private CompletionStage<Decision> decide(
            SocketIOClient client, Optional<String> pid, Handshake handshake, Optional<Refused> refusal) {
        if (refusal.isPresent()) {
            return CompletableFuture.completedStage(refusal.get());
        }
        Optional<Proof> proof = handshake.identity().flatMap(token -> identities.recognise(handshake.room(), token));
        boolean isFriend = proof.filter(Proof::hasJoined).isPresent(); // no password is asked for
        CompletionStage<Optional<String>> passwordHash = isFriend
                ? CompletableFuture.completedStage(Optional.empty())
                : passwords.check(handshake, addressOf(client));
        return connectionRecovery
                .recognise(handshake.room(), pid)
                .thenCombine(passwordHash, (owner, hash) -> admit(client, handshake, owner, proof, hash));
    }

    private Decision admit(
            SocketIOClient client,
            Handshake handshake,
            Optional<Returned> owner,
            Optional<Proof> proof,
            Optional<String> passwordHash) {
        // A socket never becomes another person: the rules and the list know its person by its first visit.
        Optional<Returned> returned = owner.filter(socket ->
                proof.isEmpty() || socket.participantId().equals(proof.get().participantId()));
        Identity identity =
                returned.map(Returned::socketId).map(Identity::recovered).orElseGet(Identity::unknown);
        String participantId = proof.map(Proof::participantId)
                .or(() -> returned.map(Returned::participantId))
                .orElse(identity.publicId());
        RoomId room = handshake.room();
        Optional<Proof> visit = proof.filter(Proof::hasJoined);
        Credentials credentials = new Credentials(
                participantId,
                visit.stream().mapToLong(Proof::issuedAt).findFirst(),
                addressTag(room, client),
                passwordHash);
        Arrival arrival = new Arrival(identity.publicId(), arrivals.incrementAndGet(), handshake.echoes(), credentials);
        Optional<String> ticket = connectionRecovery.ticket(room, identity.publicId(), participantId);
        PartyDialect dialect = PartyDialect.of(handshake.generation());
        return Decision.admit(
                ticket.map(identity::withPid).orElse(identity),
                dialect,
                new Member(
                        client,
                        room,
                        arrival,
                        dialect,
                        dialect.knowsHosts()
                                ? Optional.of(identities.issue(room, participantId, visit.isPresent()))
                                : Optional.empty()));
    }

    /** Only hosts ban addresses, and the default room has none: it knows no addresses. */
    private Optional<String> addressTag(RoomId room, SocketIOClient client) {
        return room.equals(RoomId.DEFAULT)
                ? Optional.empty()
                : Optional.of(identities.addressTag(room, addressOf(client)));
    }

    private static AddressKey addressOf(SocketIOClient client) {
        return AddressKey.of(client.getHandshakeData().getAddress().getAddress());
    }
}
