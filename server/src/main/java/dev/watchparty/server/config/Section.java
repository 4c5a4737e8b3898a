package dev.watchparty.server.config;

import static java.util.stream.Collectors.joining;

import com.google.common.base.CaseFormat;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A part of the settings. Its errors name the whole path.
 *
 * <p>The records check ranges, and begin their error messages with the component's name; this class expands that name
 * to the whole path.
 */
final class Section {
    private static final Pattern COMMA = Pattern.compile(",");

    /** Stands for a value that no message shows. */
    private static final String HIDDEN = "***";

    private final Config config;
    private final String path;

    Section(Config config, String path) {
        this.config = config;
        this.path = path;
    }

    /** Reads a record of the section below a key. */
    <T> T record(String key, Function<Section, T> reader) {
        Section section = get(key, "a section { … }", Config::getConfig, config -> new Section(config, path(key)));
        try {
            return reader.apply(section);
        } catch (IllegalArgumentException e) {
            String complaint = withKey(e.getMessage());
            String component = complaint.substring(0, Math.max(0, complaint.indexOf(':')));
            throw new ConfigurationException(
                    section.path + "." + complaint + Variables.sourceOf(section.config, component)
                            + Variables.comparedWith(section.config, complaint),
                    e);
        }
    }

    /** Replaces the name of a record's component, with which a message begins, by the key that it is read from. */
    private static String withKey(String complaint) {
        int end = complaint.indexOf(':');
        if (end < 0) {
            return complaint;
        }
        return CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_HYPHEN, complaint.substring(0, end))
                + complaint.substring(end);
    }

    boolean bool(String key) {
        return get(key, "true or false", Config::getBoolean, Function.identity());
    }

    int integer(String key) {
        return get(key, "an integer", Config::getInt, Function.identity());
    }

    /** Bytes: {@code 64 KiB}. */
    int size(String key) {
        return get(key, "a size of at most 2 GiB, such as 64 KiB", Config::getBytes, Math::toIntExact);
    }

    /** A number of bytes: {@code 64 KiB}; or a word that stands for a value. */
    long sizeOr(String word, long ofWord, String key) {
        return get(
                key,
                "a size, such as 64 MiB, or " + word,
                (section, name) -> section.getString(name).equals(word) ? (Long) ofWord : section.getBytes(name),
                Function.identity());
    }

    Duration duration(String key) {
        return get(key, "a duration, such as 500 ms or 10 s", Config::getDuration, Function.identity());
    }

    String text(String key) {
        return get(key, "a text", Config::getString, Function.identity());
    }

    /** Returns empty for an empty text. */
    Optional<String> optionalText(String key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty());
    }

    /** A text that no message shows; empty for an empty one. */
    Optional<String> secret(String key) {
        return Optional.of(get(key, "a text", Config::getString, Function.identity(), value -> HIDDEN))
                .filter(text -> !text.isEmpty());
    }

    /** Like {@link #file}; empty for an empty text. */
    Optional<Path> optionalFile(String key) {
        return optionalText(key).map(text -> file(key));
    }

    /** A file that can be read. */
    Path file(String key) {
        return get(key, "a file that can be read", Config::getString, text -> {
            if (!Files.isReadable(Path.of(text)) || Files.isDirectory(Path.of(text))) {
                throw new IllegalArgumentException("no such file");
            }
            return Path.of(text);
        });
    }

    /** The constant with this name, in upper or lower case. */
    <E extends Enum<E>> E oneOf(String key, Class<E> type) {
        String expected = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(joining(", "));
        return get(
                key,
                "one of " + expected,
                Config::getString,
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    /** A list, or one text with commas, because a property or a variable can only hold a text. */
    List<String> texts(String key) {
        return texts(key, COMMA, UnaryOperator.identity());
    }

    /**
     * A list as {@link #texts(String)} reads it, of addresses.
     *
     * @param comma separates the addresses in one text
     * @param parser throws an {@code IllegalArgumentException} if an address is wrong
     * @param shown what a message may show of a wrong address
     */
    <T> List<T> addresses(
            String key, Pattern comma, String expected, Function<String, T> parser, UnaryOperator<String> shown) {
        List<T> parsed = new ArrayList<>();
        for (String address : texts(key, comma, value -> HIDDEN)) {
            try {
                parsed.add(parser.apply(address));
            } catch (IllegalArgumentException e) {
                throw wrong(key, shown.apply(address), expected, null); // a cause could show more
            }
        }
        return parsed;
    }

    private List<String> texts(String key, Pattern comma, UnaryOperator<String> shown) {
        if (config.getValue(key).valueType() == ConfigValueType.STRING) {
            return comma.splitAsStream(text(key))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
        return get(key, "a list of texts", Config::getStringList, List::copyOf, shown);
    }

    private <V, T> T get(String key, String expected, BiFunction<Config, String, V> getter, Function<V, T> convert) {
        return get(key, expected, getter, convert, UnaryOperator.identity());
    }

    private <V, T> T get(
            String key,
            String expected,
            BiFunction<Config, String, V> getter,
            Function<V, T> convert,
            UnaryOperator<String> shown) {
        try {
            return convert.apply(getter.apply(config, key));
        } catch (ConfigException | ArithmeticException | IllegalArgumentException e) {
            String value = config.hasPath(key)
                    ? shown.apply(config.getValue(key).unwrapped().toString())
                    : "missing";
            throw wrong(key, value, expected, e);
        }
    }

    private ConfigurationException wrong(String key, String value, String expected, Exception cause) {
        return new ConfigurationException(
                "%s: %s (expected: %s)%s".formatted(path(key), value, expected, Variables.sourceOf(config, key)),
                cause);
    }

    private String path(String key) {
        return path + "." + key;
    }
}
