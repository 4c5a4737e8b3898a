package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Changes what a host decides about a room: the payload of {@link SocketEvents#ROOM_UPDATE}. An empty field stays as it
 * is.
 *
 * @param title as typed; {@link RoomTitle} cleans it
 * @param steering whose playback commands the room obeys
 * @param locked whether nobody new may enter
 * @param password 1 to {@value #MAX_PASSWORD_LENGTH} characters; JSON's {@code null} removes the password, and is read
 *     as an empty text
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RoomUpdateRequest(
        Optional<String> title, Optional<Steering> steering, Optional<Boolean> locked, Optional<String> password) {
    /** The longest password, characters. */
    public static final int MAX_PASSWORD_LENGTH = 128;

    public RoomUpdateRequest {
        requireNonNull(title, "title is null");
        requireNonNull(steering, "steering is null");
        requireNonNull(locked, "locked is null");
        requireNonNull(password, "password is null");
        password.ifPresent(text -> Payloads.requireLength("password", text, 0, MAX_PASSWORD_LENGTH));
    }

    /**
     * Reads the payload that a client sent.
     *
     * @throws InvalidPayloadException if a field has another type than expected, or if no field is there
     */
    public static RoomUpdateRequest read(JsonNode payload) throws InvalidPayloadException {
        Payloads.requireObject(payload);
        RoomUpdateRequest request = new RoomUpdateRequest(
                Payloads.text(payload, "title", 0, RoomTitle.MAX_INPUT_LENGTH),
                steering(payload),
                locked(payload),
                password(payload));
        if (request.title().isEmpty()
                && request.steering().isEmpty()
                && request.locked().isEmpty()
                && request.password().isEmpty()) {
            throw new InvalidPayloadException(
                    "payload: nothing to change (expected: title, steering, locked or password)");
        }
        return request;
    }

    private static Optional<Steering> steering(JsonNode payload) throws InvalidPayloadException {
        JsonNode steering = payload.path("steering");
        if (steering.isMissingNode()) {
            return Optional.empty();
        }
        return switch (steering.asText()) {
            case "everyone" -> Optional.of(Steering.EVERYONE);
            case "hosts" -> Optional.of(Steering.HOSTS);
            default -> throw new InvalidPayloadException("steering: something else (expected: everyone or hosts)");
        };
    }

    private static Optional<Boolean> locked(JsonNode payload) throws InvalidPayloadException {
        JsonNode locked = payload.path("locked");
        if (locked.isMissingNode()) {
            return Optional.empty();
        }
        if (!locked.isBoolean()) {
            throw new InvalidPayloadException(
                    "locked: %s (expected: true or false)".formatted(Payloads.kindOf(locked)));
        }
        return Optional.of(locked.booleanValue());
    }

    private static Optional<String> password(JsonNode payload) throws InvalidPayloadException {
        return payload.path("password").isNull()
                ? Optional.of("")
                : Payloads.text(payload, "password", 1, MAX_PASSWORD_LENGTH);
    }
}
