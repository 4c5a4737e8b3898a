package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Tells a client which participant it is: the payload of {@link SocketEvents#IDENTITY}.
 *
 * @param participantId public
 * @param token the client's secret: with it the client is the same participant again, in this room only
 * @param expiresAt when the token expires, ms since the epoch
 */
@JsonPropertyOrder({"participantId", "token", "expiresAt"})
public record SessionIdentity(String participantId, String token, long expiresAt) {
    public SessionIdentity {
        requireNonNull(participantId, "participantId is null");
        requireNonNull(token, "token is null");
    }
}
