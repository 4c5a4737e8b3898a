package dev.watchparty.server;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An inner package never imports an outer one: the imports match the table in docs/architecture.md exactly. */
class ImportDirectionsTest {
    private static final Path ARCHITECTURE = Path.of("../docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/watchparty/server");

    /** A row: package, concern, imports. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|[^|]*\\|([^|]*)\\|$");

    private static final Pattern PACKAGE = Pattern.compile("`([a-z.]+)`");

    /** Stands for all imports of a package that may import any. */
    private static final String ANY = "any package, for its records";

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
    private static final Pattern USE = Pattern.compile("dev\\.watchparty\\.server\\.((?:[a-z]+\\.)+)[A-Z]");

    @Test
    void everyPackageImportsOnlyAllowedPackages() throws IOException {
        Map<String, String> rows = rows();
        Map<String, Set<String>> stated = new TreeMap<>();
        Map<String, Set<String>> actual = new TreeMap<>();
        rows.forEach((name, imports) -> stated.put(
                name,
                PACKAGE.matcher(imports).results().map(found -> found.group(1)).collect(toCollection(TreeSet::new))));
        for (Path folder : packages()) {
            String name = nameOf(folder);
            actual.put(name, imports(folder, name));
            if (ANY.equals(rows.get(name))) {
                stated.put(name, actual.get(name));
            }
        }

        assertThat(actual).isEqualTo(stated);
    }

    @Test
    void nestedPackagesAreSeen() {
        String code =
                "import static dev.watchparty.server.session.memory.Room.of; dev.watchparty.server.http.Page page;";

        assertThat(uses(code)).containsExactly("http", "session.memory");
    }

    private static Map<String, String> rows() throws IOException {
        String architecture = Files.readString(ARCHITECTURE);
        Matcher row = ROW.matcher(architecture.substring(architecture.indexOf("In the server a package is a concern")));
        Map<String, String> rows = new TreeMap<>();
        while (row.find()) {
            rows.put(row.group(1), row.group(2).strip());
        }
        return rows;
    }

    /** All folders below the base package that contain sources. */
    private static Set<Path> packages() throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            return sources.filter(source -> source.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .filter(folder -> !folder.equals(SOURCES))
                    .collect(toCollection(TreeSet::new));
        }
    }

    private static String nameOf(Path folder) {
        return SOURCES.relativize(folder).toString().replace('/', '.');
    }

    private static Set<String> imports(Path folder, String name) throws IOException {
        Set<String> imports = new TreeSet<>();
        try (Stream<Path> sources = Files.list(folder)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                imports.addAll(uses(COMMENT.matcher(Files.readString(source)).replaceAll("")));
            }
        }
        imports.remove(name);
        return imports;
    }

    private static Set<String> uses(String code) {
        return USE.matcher(code)
                .results()
                .map(use -> use.group(1).substring(0, use.group(1).length() - 1))
                .collect(toCollection(TreeSet::new));
    }
}
