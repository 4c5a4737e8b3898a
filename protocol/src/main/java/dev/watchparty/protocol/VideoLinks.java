package dev.watchparty.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds links to YouTube's videos in any text that people copy. The host is compared as a whole, so a link to another
 * site that only mentions YouTube does not match.
 *
 * <p>The page has the same rules in {@code videoId.ts}.
 */
final class VideoLinks {
    private static final CodePoints BLANKS =
            CodePoints.of("0-20 7F-A0 AD 61C 1680 180E 2000-200F 2028-202F 205F-206F 3000 FEFF");

    /** A link ends at the first character that a link cannot hold, because links are written in ASCII. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^!#$%&'()*+,./0-9:;=?@A-Z\\[\\]_a-z~-]+");

    private static final Pattern ENCODED = Pattern.compile("[^/?]*https?%3A%2F%2F.*", Pattern.CASE_INSENSITIVE);

    /** The text before the scheme must not make it a part of another link, or of another scheme. */
    private static final Pattern WITH_SCHEME =
            Pattern.compile("(?:[^/?#@]*?[^A-Za-z0-9+/?#@-])?(https?://.*)", Pattern.CASE_INSENSITIVE);

    /**
     * The pattern for the text before the host and the pattern for the host share no character, so that a text is read
     * in linear time.
     */
    private static final Pattern WITHOUT_SCHEME = Pattern.compile("(?:[A-Za-z-]+=)?[^A-Za-z0-9]*"
            + "(([A-Za-z0-9][A-Za-z0-9.-]*\\.[A-Za-z]{2,}\\.?)(?::\\d{1,5})?(?:[/?#].*)?)");

    private static final Pattern LINK = Pattern.compile("(?:https?:)?(?://)?([^/?#]*)(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY = Pattern.compile("([A-Za-z0-9.-]+?)\\.?(?::\\d{1,5})?");
    private static final Pattern ID = Pattern.compile("([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-]).*");
    private static final Pattern ESCAPE = Pattern.compile("%([2-7][0-9A-Fa-f])");

    private static final String SHORT_HOST = "youtu.be";
    private static final String CONSENT_HOST = "consent.youtube.com";
    private static final Set<String> HOSTS = Set.of(
            "youtube.com",
            "m.youtube.com",
            "music.youtube.com",
            "gaming.youtube.com",
            "youtube-nocookie.com",
            CONSENT_HOST);

    private static final Set<String> PATHS_WITH_ID = Set.of("embed", "shorts", "live", "v", "e", "watch");

    /** Words that stand in the place of an id and have the length of one. */
    private static final Set<String> NO_IDS = Set.of("videoseries", "live_stream");

    private static final Set<String> PATHS_WITH_PARAMETER = Set.of("", "watch", "watch_popup", "playlist", "embed");

    /** Pages that lead on to another link, and the parameters that hold that link. */
    private static final Map<String, List<String>> DETOURS = Map.of(
            "attribution_link", List.of("u"),
            "redirect", List.of("q"),
            "oembed", List.of("url"),
            "signin", List.of("next", "continue"),
            "verify_age", List.of("next_url"),
            "m", List.of("continue"));

    private static final int MAX_DETOURS = 2;

    private VideoLinks() {}

    /** Removes spaces and invisible characters from both ends. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && BLANKS.contains(text.charAt(start))) {
            start++;
        }
        while (end > start && BLANKS.contains(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /**
     * Finds the first link of a text, to any site. A text of one word may be a link to another site without its scheme.
     */
    static Optional<String> first(String text) {
        List<String> words = Arrays.stream(BETWEEN_WORDS.split(text))
                .filter(word -> !word.isEmpty())
                .toList();
        return words.stream()
                .map(word -> linkIn(word, words.size() == 1))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static String linkIn(String word, boolean isAlone) {
        String plain = ENCODED.matcher(word).matches() ? decode(word) : word;
        Matcher withScheme = WITH_SCHEME.matcher(plain);
        if (withScheme.matches()) {
            return withScheme.group(1);
        }
        Matcher without = WITHOUT_SCHEME.matcher(plain);
        return without.matches() && (isAlone || isYouTube(host(without.group(2)))) ? without.group(1) : null;
    }

    /** Finds the id of the video that a link leads to. */
    static Optional<String> video(String link) {
        return video(link, MAX_DETOURS);
    }

    private static Optional<String> video(String link, int detours) {
        Matcher parts = LINK.matcher(link);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String host = host(parts.group(1));
        if (!isYouTube(host)) {
            return Optional.empty();
        }
        String[] rest = parameters(parts.group(2));
        List<String> path = Arrays.stream(rest[0].split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
        if (host.equals(SHORT_HOST)) {
            return path.isEmpty() ? id(parameter(rest, "v")) : path.size() == 1 ? id(path.get(0)) : Optional.empty();
        }
        String page = path.isEmpty() ? "" : path.get(0);
        if (DETOURS.containsKey(page) && page.equals("m") == host.equals(CONSENT_HOST)) {
            return detours > 0 ? afterDetour(page, rest, detours - 1) : Optional.empty();
        }
        if (path.size() > 1) {
            return PATHS_WITH_ID.contains(page) && path.size() == 2 ? id(path.get(1)) : Optional.empty();
        }
        return PATHS_WITH_PARAMETER.contains(page) ? id(parameter(rest, "v")) : Optional.empty();
    }

    private static Optional<String> afterDetour(String page, String[] rest, int detours) {
        String target = DETOURS.get(page).stream()
                .map(name -> parameter(rest, name))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(VideoLinks::decode)
                .orElse("");
        if (!target.startsWith("/") || target.startsWith("//")) {
            return first(target).flatMap(link -> video(link, detours));
        }
        Optional<String> found = video("https://youtube.com" + target, detours);
        // A target that was not URL-encoded ends at its own question mark.
        return found.isPresent() ? found : id(parameter(rest, "v"));
    }

    /** Returns the path, and then the parameters of a link, whatever separates them. */
    private static String[] parameters(String rest) {
        String plain = rest.contains("?") || !rest.toUpperCase(Locale.ROOT).contains("%3F") ? rest : decode(rest);
        return plain.replace("&amp;", "&").split("[?&#]", -1);
    }

    private static String parameter(String[] rest, String name) {
        return Arrays.stream(rest)
                .skip(1)
                .filter(parameter -> parameter.startsWith(name + "="))
                .findFirst()
                .map(parameter -> parameter.substring(name.length() + 1))
                .orElse("");
    }

    private static Optional<String> id(String text) {
        Matcher id = ID.matcher(text);
        return id.matches() && !NO_IDS.contains(id.group(1)) ? Optional.of(id.group(1)) : Optional.empty();
    }

    /**
     * Returns the host in small letters, without {@code www.}, the port and a dot at the end; empty if it cannot be a
     * host.
     */
    private static String host(String authority) {
        Matcher host = AUTHORITY.matcher(authority);
        String name = host.matches() ? host.group(1).toLowerCase(Locale.ROOT) : "";
        return name.startsWith("www.") ? name.substring("www.".length()) : name;
    }

    private static boolean isYouTube(String host) {
        return host.equals(SHORT_HOST) || HOSTS.contains(host);
    }

    private static String decode(String text) {
        return ESCAPE.matcher(text).replaceAll(VideoLinks::character);
    }

    private static String character(MatchResult escape) {
        return Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16)));
    }
}
