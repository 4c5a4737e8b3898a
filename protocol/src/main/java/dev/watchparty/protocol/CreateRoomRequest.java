package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Creates a room: the body of {@code POST /api/rooms}. A field that is missing or null is empty.
 *
 * @param name of the room, as typed; the server chooses one if it is empty
 * @param title as typed; {@link RoomTitle} cleans it
 * @param password that those who enter must know, 1 to {@value RoomUpdateRequest#MAX_PASSWORD_LENGTH} characters
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CreateRoomRequest(Optional<String> name, Optional<String> title, Optional<String> password) {
    public CreateRoomRequest {
        requireNonNull(name, "name is null");
        requireNonNull(title, "title is null");
        password.ifPresent(text -> Payloads.requireLength("password", text, 1, RoomUpdateRequest.MAX_PASSWORD_LENGTH));
    }

    /**
     * Reads the body that a client sent.
     *
     * @throws InvalidPayloadException if it is not an object, or a field has another type or length than expected
     */
    public static CreateRoomRequest read(JsonNode body) throws InvalidPayloadException {
        Payloads.requireObject(body);
        return new CreateRoomRequest(
                text(body, "name", 0, Integer.MAX_VALUE),
                text(body, "title", 0, RoomTitle.MAX_INPUT_LENGTH),
                text(body, "password", 1, RoomUpdateRequest.MAX_PASSWORD_LENGTH));
    }

    private static Optional<String> text(JsonNode body, String field, int minLength, int maxLength)
            throws InvalidPayloadException {
        return body.path(field).isNull() ? Optional.empty() : Payloads.text(body, field, minLength, maxLength);
    }
}
