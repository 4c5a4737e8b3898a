package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asks for another video: the payload of {@link SocketEvents#CHANGE_VIDEO}.
 *
 * @param videoId an id or a link, as {@link VideoId#find} takes them
 */
public record ChangeVideoRequest(String videoId) {
    public ChangeVideoRequest {
        requireNonNull(videoId, "videoId is null");
    }

    /**
     * Reads the payload that a client sent.
     *
     * @throws InvalidPayloadException if it is not an object with a string {@code videoId}
     */
    public static ChangeVideoRequest read(JsonNode payload) throws InvalidPayloadException {
        Payloads.requireObject(payload);
        JsonNode videoId = payload.get("videoId");
        if (videoId == null || !videoId.isTextual()) {
            throw new InvalidPayloadException(
                    "videoId: %s (expected: a YouTube video's id or link)".formatted(Payloads.kindOf(videoId)));
        }
        return new ChangeVideoRequest(videoId.textValue());
    }
}
