package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asks for a part of the list of people: the payload of {@link SocketEvents#PEOPLE}. The ack is a {@link PeoplePage}.
 *
 * @param offset how many to skip, >= 0
 * @param search a part of their names, in any case, 0 to {@value #MAX_SEARCH_LENGTH} characters; empty for all
 */
public record PeopleRequest(int offset, String search) {
    /** The longest text to search for, characters. */
    public static final int MAX_SEARCH_LENGTH = 100;

    public PeopleRequest {
        requireNonNull(search, "search is null");
        if (offset < 0) {
            throw new IllegalArgumentException("offset: %d (expected: >= 0)".formatted(offset));
        }
        Payloads.requireLength("search", search, 0, MAX_SEARCH_LENGTH);
    }

    /**
     * Reads the payload that a client sent. A missing field is read as 0 or as empty.
     *
     * @throws InvalidPayloadException if a field has another type or is out of range
     */
    public static PeopleRequest read(JsonNode payload) throws InvalidPayloadException {
        Payloads.requireObject(payload);
        JsonNode offset = payload.path("offset");
        if (!offset.isMissingNode()
                && (!offset.canConvertToInt() || !offset.isIntegralNumber() || offset.intValue() < 0)) {
            throw new InvalidPayloadException(
                    "offset: %s (expected: a whole number >= 0)".formatted(Payloads.kindOf(offset)));
        }
        return new PeopleRequest(
                offset.intValue(),
                Payloads.text(payload, "search", 0, MAX_SEARCH_LENGTH).orElse(""));
    }
}
