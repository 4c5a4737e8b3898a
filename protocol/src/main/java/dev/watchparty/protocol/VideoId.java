package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a YouTube video.
 *
 * @param value 11 characters of {@code A-Z a-z 0-9 _ -}
 */
public record VideoId(String value) {
    /** The longest text that is looked into, characters. */
    public static final int MAX_INPUT_LENGTH = 2048;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{11}");
    private static final Pattern LINK = Pattern.compile(
            "(?:https?://)?(?<host>[A-Za-z0-9.-]+)(?::\\d{1,5})?(?<path>/[^?#]*)?(?:\\?(?<query>[^#]*))?(?:#.*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern VIDEO_PATH = Pattern.compile("/(?:embed|shorts|live|v)/(?<id>[^/]+)/?");
    private static final Pattern SHORT_PATH = Pattern.compile("/(?<id>[^/]+)/?");

    private static final String SHORT_HOST = "youtu.be";
    private static final Set<String> HOSTS =
            Set.of("youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com");

    public VideoId {
        requireNonNull(value, "videoId is null");
        if (!isId(value)) {
            throw new IllegalArgumentException(
                    "videoId: a text of %d characters (expected: 11 of A-Z a-z 0-9 _ -)".formatted(value.length()));
        }
    }

    /**
     * Finds the id in an id or in a link to a video: {@code watch?v=}, {@code embed/}, {@code shorts/}, {@code live/} and
     * {@code v/} on YouTube's hosts, or {@code youtu.be/}; the scheme may be missing, and spaces around it are ignored.
     * The host is compared as a whole, so that a link to somewhere else which only mentions YouTube is none.
     */
    public static Optional<VideoId> find(String text) {
        if (text.length() > MAX_INPUT_LENGTH) {
            return Optional.empty();
        }
        String trimmed = text.strip();
        if (isId(trimmed)) {
            return Optional.of(new VideoId(trimmed));
        }
        Matcher link = LINK.matcher(trimmed);
        if (!link.matches() || link.group("path") == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(candidate(link)).filter(VideoId::isId).map(VideoId::new);
    }

    private static String candidate(Matcher link) {
        String host = withoutWww(link.group("host").toLowerCase(Locale.ROOT));
        String path = link.group("path");
        if (host.equals(SHORT_HOST)) {
            return id(SHORT_PATH.matcher(path));
        }
        if (!HOSTS.contains(host)) {
            return null;
        }
        return path.equals("/watch") || path.equals("/watch/")
                ? parameterV(link.group("query"))
                : id(VIDEO_PATH.matcher(path));
    }

    private static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring("www.".length()) : host;
    }

    private static String id(Matcher path) {
        return path.matches() ? path.group("id") : null;
    }

    private static String parameterV(String query) {
        if (query == null) {
            return null;
        }
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("v=")) {
                return parameter.substring("v=".length());
            }
        }
        return null;
    }

    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
