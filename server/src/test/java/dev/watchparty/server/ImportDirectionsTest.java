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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An inner package never imports an outer one: the table in docs/architecture.md holds, to the letter. */
class ImportDirectionsTest {
    private static final Path ARCHITECTURE = Path.of("../docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/watchparty/server");

    /** A row: package, concern, imports. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|$");

    private static final Pattern WORD = Pattern.compile("[a-z]+");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
    private static final Pattern USE = Pattern.compile("dev\\.watchparty\\.server\\.([a-z]+)\\.");

    @Test
    void everyPackageImportsWhatTheArchitectureSaysAndNothingElse() throws IOException {
        Map<String, Set<String>> stated = stated();
        Map<String, Set<String>> actual = new TreeMap<>();
        for (Path folder : packages()) {
            actual.put(folder.getFileName().toString(), imports(folder));
        }
        assertThat(stated.get("config")).containsExactly("of", "others", "records", "the");
        stated.put("config", actual.get("config"));

        assertThat(actual).isEqualTo(stated);
    }

    private static Map<String, Set<String>> stated() throws IOException {
        String server = Files.readString(ARCHITECTURE);
        Map<String, Set<String>> imports = new TreeMap<>();
        Matcher row = ROW.matcher(server.substring(server.indexOf("In the server a package is a concern")));
        while (row.find()) {
            imports.put(
                    row.group(1),
                    WORD.matcher(row.group(2)).results().map(MatchResult::group).collect(toCollection(TreeSet::new)));
        }
        return imports;
    }

    private static Set<Path> packages() throws IOException {
        try (Stream<Path> entries = Files.list(SOURCES)) {
            return entries.filter(Files::isDirectory).collect(toCollection(TreeSet::new));
        }
    }

    private static Set<String> imports(Path folder) throws IOException {
        Set<String> imports = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(folder)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                String code = COMMENT.matcher(Files.readString(source)).replaceAll("");
                USE.matcher(code).results().map(use -> use.group(1)).forEach(imports::add);
            }
        }
        imports.remove(folder.getFileName().toString());
        return imports;
    }
}
