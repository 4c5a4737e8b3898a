package dev.watchparty.protocol;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asks to join under a name: the payload of {@link SocketEvents#JOIN}.
 *
 * @param username as typed, empty if there was none; {@link Username} makes it fit to be shown
 */
public record JoinRequest(String username) {
    public JoinRequest {
        username = username == null ? "" : username;
    }

    /**
     * Reads what a client sent. A name that is missing or no string is empty.
     *
     * @throws InvalidPayloadException if it is no object
     */
    public static JoinRequest read(JsonNode payload) throws InvalidPayloadException {
        Payloads.requireObject(payload);
        return new JoinRequest(payload.path("username").textValue());
    }
}
