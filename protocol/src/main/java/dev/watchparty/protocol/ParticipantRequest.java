package dev.watchparty.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * Names a participant: the payload of {@link SocketEvents#ADD_HOST}, {@link SocketEvents#REMOVE_HOST} and {@link
 * SocketEvents#KICK}.
 *
 * @param participantId 20 characters of {@code A-Z a-z 0-9 _ -}
 */
public record ParticipantRequest(String participantId) {
    private static final String EXPECTED = "participantId: not an id (expected: 20 of A-Z a-z 0-9 _ -)";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{20}");

    public ParticipantRequest {
        if (participantId == null || !FORM.matcher(participantId).matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
    }

    /**
     * Reads the payload that a client sent.
     *
     * @throws InvalidPayloadException if it is not an object with an id
     */
    public static ParticipantRequest read(JsonNode payload) throws InvalidPayloadException {
        Payloads.requireObject(payload);
        String id = payload.path("participantId").textValue();
        if (id == null || !FORM.matcher(id).matches()) {
            throw new InvalidPayloadException(EXPECTED);
        }
        return new ParticipantRequest(id);
    }
}
