package dev.watchparty.server.session.redis;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Credentials;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.Presence;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One socket in a room, as Redis keeps it; see {@link PlaybackDocument}.
 *
 * @param schema {@value #SCHEMA}
 * @param node the node that it is connected to, or was when it was lost
 * @param visit as in {@link dev.watchparty.server.session.Visitor}
 * @param echoes as in {@link dev.watchparty.server.session.Arrival}
 * @param username null if it has not joined
 * @param joinedAt ms since the epoch; 0 if it has not joined
 * @param lostAt ms since the epoch; null while it is connected
 * @param participantId null if it is the socket's id
 * @param addressTag as in {@link Credentials}; null if it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schema", "node", "visit", "echoes", "username", "joinedAt", "lostAt", "participantId", "addressTag"
})
record PresenceDocument(
        int schema,
        String node,
        long visit,
        boolean echoes,
        String username,
        long joinedAt,
        Long lostAt,
        String participantId,
        String addressTag) {
    static final int SCHEMA = 1;

    PresenceDocument {
        checkArgument(schema == SCHEMA, "schema: %s (expected: %s)", schema, SCHEMA);
        requireNonNull(node, "node is null");
    }

    static PresenceDocument of(Presence presence, String node) {
        return new PresenceDocument(
                SCHEMA,
                node,
                presence.visitor().visit(),
                presence.visitor().echoes(),
                presence.participant()
                        .map(participant -> participant.username().value())
                        .orElse(null),
                presence.participant().map(Participant::joinedAt).orElse(0L),
                presence.lostAt().isPresent() ? presence.lostAt().getAsLong() : null,
                presence.participantId().equals(presence.visitor().socketId()) ? null : presence.participantId(),
                presence.visitor().arrival().credentials().addressTag().orElse(null));
    }

    /** The same socket, connected to another node. */
    PresenceDocument by(String other) {
        return new PresenceDocument(
                schema, other, visit, echoes, username, joinedAt, lostAt, participantId, addressTag);
    }

    /** The same socket, which has been lost, now if not before. */
    PresenceDocument lostBy(long now) {
        return lostAt != null
                ? this
                : new PresenceDocument(schema, node, visit, echoes, username, joinedAt, now, participantId, addressTag);
    }

    Optional<Participant> participant(String socketId) {
        return Optional.ofNullable(username)
                .map(name -> new Participant(
                        socketId,
                        new Username(name),
                        joinedAt,
                        credentials(socketId).participantId()));
    }

    Credentials credentials(String socketId) {
        return new Credentials(
                participantId == null ? socketId : participantId, Optional.ofNullable(addressTag), Optional.empty());
    }

    OptionalLong lost() {
        return lostAt == null ? OptionalLong.empty() : OptionalLong.of(lostAt);
    }
}
