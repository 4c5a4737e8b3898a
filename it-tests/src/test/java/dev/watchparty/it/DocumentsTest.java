package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that the documents name exists. */
class DocumentsTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");

    /** A row of the comparison, but not its heading or the line below. */
    private static final Pattern CLAIM = Pattern.compile("(?m)^\\| (?!the original \\|).*$");

    private static final Pattern KEY =
            Pattern.compile("(?<![\\w./-])(watchparty(?:\\.[a-z][a-z-]*)+)(?![\\w.]*\\.\\w)");
    private static final Pattern VARIABLE = Pattern.compile("\\bWATCHPARTY_[A-Z_]+\\b");
    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src=\")([^)#\"]*)(?:#([^)\"]+))?");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** Names that are not settings, though they begin like one. */
    private static final List<String> OTHERS =
            List.of("watchparty.jar", "watchparty.log.format", "watchparty.log.level", "watchparty.example");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(TOP.resolve("docs"))) {
            List<Path> pages =
                    docs.filter(file -> file.toString().endsWith(".md")).toList();
            return Stream.concat(
                    Stream.of(
                                    "README.md",
                                    "CHANGELOG.md",
                                    "CONTRIBUTING.md",
                                    "SECURITY.md",
                                    "deploy/README.md",
                                    "it-tests/README.md",
                                    "client-web/README.md")
                            .map(TOP::resolve),
                    pages.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyNamedTestExists(Path document) throws IOException {
        assertThat(found(TEST, document))
                .allSatisfy(test ->
                        assertThat(methodsOf(test.group(1))).as(test.group(1)).contains(test.group(2)));
    }

    @Test
    void readmeAndComparisonNameTheTestsOfTheirClaims() throws IOException {
        assertThat(found(TEST, TOP.resolve("README.md"))).isNotEmpty();
        assertThat(found(CLAIM, TOP.resolve("docs/compared.md")))
                .hasSizeGreaterThan(10)
                .allSatisfy(claim -> assertThat(claim.group()).containsPattern(TEST));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyNamedSettingExists(Path document) throws IOException {
        Config settings =
                ConfigFactory.parseFile(TOP.resolve("application.conf").toFile());

        assertThat(found(KEY, document).stream().map(MatchResult::group).filter(key -> !OTHERS.contains(key)))
                .allMatch(settings::hasPath);
        List<String> variables = new ArrayList<>(settings.entrySet().stream()
                .map(entry -> entry.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .toList());
        found(VARIABLE, TOP.resolve("server/bin/watchparty"))
                .forEach(ofTheScript -> variables.add(ofTheScript.group()));
        assertThat(found(VARIABLE, document).stream().map(MatchResult::group))
                .filteredOn(variable -> !variable.startsWith("WATCHPARTY_LOG_"))
                .isSubsetOf(variables);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        assertThat(found(LINK, document))
                .filteredOn(link -> !link.group(1).contains("://"))
                .allSatisfy(link -> {
                    Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
                    assertThat(target).exists();
                    if (link.group(2) != null) {
                        assertThat(anchorsOf(target)).as(target.toString()).contains(link.group(2));
                    }
                });
    }

    private List<String> methodsOf(String testName) throws ClassNotFoundException {
        Class<?> type = Class.forName("%s.%s".formatted(getClass().getPackageName(), testName));
        return Arrays.stream(type.getDeclaredMethods()).map(Method::getName).toList();
    }

    /** The anchors that renderers of Markdown give to headings. */
    private static List<String> anchorsOf(Path document) throws IOException {
        return found(HEADING, document).stream()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).strip())
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
                .toList();
    }

    private static List<MatchResult> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results().toList();
    }
}
