package dev.watchparty.server.config;

import static java.util.stream.Collectors.joining;

import com.google.common.base.CaseFormat;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A part of the settings. Its errors name the whole path.
 *
 * <p>The records check ranges, and begin their error messages with the component's name; this class expands that name
 * to the whole path.
 */
final class Section {
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
        if (config.getValue(key).valueType() == ConfigValueType.STRING) {
            return Arrays.stream(text(key).split(","))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
        return get(key, "a list of texts", Config::getStringList, List::copyOf);
    }

    private <V, T> T get(String key, String expected, BiFunction<Config, String, V> getter, Function<V, T> convert) {
        try {
            return convert.apply(getter.apply(config, key));
        } catch (ConfigException | ArithmeticException | IllegalArgumentException e) {
            String value =
                    config.hasPath(key) ? config.getValue(key).unwrapped().toString() : "missing";
            throw new ConfigurationException(
                    "%s: %s (expected: %s)%s".formatted(path(key), value, expected, Variables.sourceOf(config, key)),
                    e);
        }
    }

    private String path(String key) {
        return path + "." + key;
    }
}
