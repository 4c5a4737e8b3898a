package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
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

/** What the documents name is there. */
class DocumentsTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");
    private static final Pattern KEY =
            Pattern.compile("(?<![\\w./-])(watchparty(?:\\.[a-z][a-z-]*)+)(?![\\w.]*\\.\\w)");
    private static final Pattern VARIABLE = Pattern.compile("\\bWATCHPARTY_[A-Z_]+\\b");
    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src=\")([^)#\"]+)");

    /** What is no setting, though it begins like one. */
    private static final List<String> OTHERS =
            List.of("watchparty.jar", "watchparty.log.format", "watchparty.log.level", "watchparty.example");

    static Stream<Path> documents() {
        return Stream.of(
                        "README.md",
                        "it-tests/README.md",
                        "client-web/README.md",
                        "docs/architecture.md",
                        "docs/bench/README.md",
                        "docs/benchmarks.md",
                        "docs/embedding.md",
                        "docs/operations.md",
                        "docs/protocol.md")
                .map(TOP::resolve);
    }

    @Test
    void everyTestThatTheReadmeNamesExists() throws IOException {
        List<MatchResult> named = found(TEST, TOP.resolve("README.md"));

        assertThat(named).hasSizeGreaterThan(10).allSatisfy(test -> {
            Class<?> type = Class.forName("%s.%s".formatted(getClass().getPackageName(), test.group(1)));
            assertThat(Arrays.stream(type.getDeclaredMethods()).map(java.lang.reflect.Method::getName))
                    .as(type.getSimpleName())
                    .contains(test.group(2));
        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySettingThatIsNamedExists(Path document) throws IOException {
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
        assertThat(found(LINK, document).stream().map(link -> link.group(1)))
                .filteredOn(link -> !link.contains("://"))
                .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }

    private static List<MatchResult> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results().toList();
    }
}
