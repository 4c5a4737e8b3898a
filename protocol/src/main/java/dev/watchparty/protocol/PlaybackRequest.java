package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Asks to play, pause or seek: the payload of {@link SocketEvents#PLAY}, {@link SocketEvents#PAUSE} and {@link
 * SocketEvents#SEEK} from clients.
 *
 * @param time the position to apply, s, in 0 … {@value #MAX_TIME_SECONDS}; empty for the authoritative position of that
 *     moment
 */
public record PlaybackRequest(Optional<Double> time) {
    /** The highest position that a client may send, s: 24 hours. */
    public static final int MAX_TIME_SECONDS = 86_400;

    public PlaybackRequest {
        requireNonNull(time, "time is null");
        time.ifPresent(seconds -> {
            if (!isTime(seconds)) {
                throw new IllegalArgumentException(
                        "time: %s (expected: finite, 0 .. %d)".formatted(seconds, MAX_TIME_SECONDS));
            }
        });
    }

    /**
     * Reads the payload that a client sent. A time that is missing, null, not a number or out of range is read as
     * empty.
     *
     * @throws InvalidPayloadException if it is not an object
     */
    public static PlaybackRequest read(JsonNode payload) throws InvalidPayloadException {
        Payloads.requireObject(payload);
        JsonNode time = payload.path("time");
        return new PlaybackRequest(
                time.isNumber() && isTime(time.doubleValue()) ? Optional.of(time.doubleValue()) : Optional.empty());
    }

    private static boolean isTime(double seconds) {
        return seconds >= 0 && seconds <= MAX_TIME_SECONDS;
    }
}
