package dev.watchparty.protocol;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asks to join under a name: the payload of {@link SocketEvents#JOIN}.
 *
 * @param username as typed, empty if there was none; {@link Username} cleans it before it is shown
 */
public record JoinRequest(String username) {
    public JoinRequest {
        username = username == null ? "" : username;
    }

    /**
     * Reads the payload that a client sent. A name that is missing or not a string is read as empty.
     *
     * @throws InvalidPayloadException if it is not an object
     */
    public static JoinRequest read(JsonNode payload) throws InvalidPayloadException {
        Payloads.requireObject(payload);
        return new JoinRequest(payload.path("username").textValue());
    }
}
