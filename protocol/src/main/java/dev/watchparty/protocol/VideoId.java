package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a YouTube video.
 *
 * @param value 11 characters of {@code A-Z a-z 0-9 _ -}
 */
public record VideoId(String value) {
    /** The longest text that is searched, characters. */
    public static final int MAX_INPUT_LENGTH = 2048;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{11}");

    public VideoId {
        requireNonNull(value, "videoId is null");
        if (!isId(value)) {
            throw new IllegalArgumentException(
                    "videoId: a text of %d characters (expected: 11 of A-Z a-z 0-9 _ -)".formatted(value.length()));
        }
    }

    /**
     * Finds the id in an id, or in the first link of a text. The link may have any form that YouTube gives out, an
     * embed code included. Spaces and invisible characters may surround it. If the first link leads to another site, or
     * to something that does not play, the result is empty, whatever follows it.
     */
    public static Optional<VideoId> find(String text) {
        if (text.length() > MAX_INPUT_LENGTH) {
            return Optional.empty();
        }
        String trimmed = VideoLinks.trim(text);
        return isId(trimmed)
                ? Optional.of(new VideoId(trimmed))
                : VideoLinks.first(trimmed).flatMap(VideoLinks::video).map(VideoId::new);
    }

    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
