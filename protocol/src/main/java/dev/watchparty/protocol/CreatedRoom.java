package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A room that a person has created: the answer to {@link CreateRoomRequest}. Its creator is its host.
 *
 * @param room the name, for {@link ConnectAuth}
 * @param path of the room's page below the server's base path, as it stands in a URL: {@code /r/film-night}
 * @param participantId the creator's, public
 * @param token the creator's secret, as in {@link SessionIdentity}
 * @param expiresAt when the token expires, ms since the epoch
 */
@JsonPropertyOrder({"room", "path", "participantId", "token", "expiresAt"})
public record CreatedRoom(String room, String path, String participantId, String token, long expiresAt) {
    public CreatedRoom {
        requireNonNull(room, "room is null");
        requireNonNull(path, "path is null");
        requireNonNull(participantId, "participantId is null");
        requireNonNull(token, "token is null");
    }
}
