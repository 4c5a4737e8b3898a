package dev.watchparty.server.config;

import static java.util.stream.Collectors.joining;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Knows which environment variables settings come from, by their origins. */
final class Variables {
    private static final String ORIGIN = "environment variable ";

    private static final Pattern PATH = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

    private Variables() {}

    /** The origin of a value that a variable holds. */
    static String origin(String variable) {
        return ORIGIN + variable;
    }

    /** Says which variables set what is at a path, or below it; empty if none does. */
    static String sourceOf(Config config, String path) {
        if (!PATH.matcher(path).matches() || !config.hasPath(path)) {
            return "";
        }
        Set<String> variables = new TreeSet<>();
        collect(config.getValue(path), variables);
        if (variables.isEmpty()) {
            return "";
        }
        return variables.stream()
                .collect(joining(
                        ", ", ", set by the environment variable%s ".formatted(variables.size() == 1 ? "" : "s"), ""));
    }

    private static void collect(ConfigValue value, Collection<String> variables) {
        if (value instanceof ConfigObject section) {
            section.values().forEach(part -> collect(part, variables));
            return;
        }
        String origin = value.origin().description();
        if (origin.startsWith(ORIGIN)) {
            variables.add(origin.substring(ORIGIN.length()));
        }
    }
}
