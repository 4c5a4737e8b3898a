package dev.watchparty.server.config;

import static java.util.stream.Collectors.joining;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the environment variables that settings come from, by their origins. */
final class Variables {
    private static final String ORIGIN = "environment variable ";

    private static final Pattern PATH = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

    private static final Pattern OTHER_KEY = Pattern.compile("\\bthe ([a-z0-9-]+)");

    private Variables() {}

    /** The origin of a value that a variable holds. */
    static String origin(String variable) {
        return ORIGIN + variable;
    }

    /** Returns the variables that set the value at a path, or values below it; empty if there are none. */
    static String sourceOf(Config config, String path) {
        return said("set by", at(config, path));
    }

    /** Returns the variables that set the other settings of a section that a message names, such as "the window". */
    static String comparedWith(Config section, String complaint) {
        Set<String> variables = new TreeSet<>();
        OTHER_KEY.matcher(complaint).results().forEach(other -> variables.addAll(at(section, other.group(1))));
        return said("compared with one set by", variables);
    }

    private static String said(String relation, Set<String> variables) {
        if (variables.isEmpty()) {
            return "";
        }
        String noun = variables.size() == 1 ? "variable" : "variables";
        return variables.stream().collect(joining(", ", ", %s the environment %s ".formatted(relation, noun), ""));
    }

    private static Set<String> at(Config config, String path) {
        Set<String> variables = new TreeSet<>();
        if (PATH.matcher(path).matches() && config.hasPath(path)) {
            collect(config.getValue(path), variables);
        }
        return variables;
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
