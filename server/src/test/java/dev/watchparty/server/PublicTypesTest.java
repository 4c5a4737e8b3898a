package dev.watchparty.server;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that a program that embeds the server can distinguish the types that are meant for it from the others. */
class PublicTypesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path DOCUMENT = Path.of("../docs/embedding.md");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:sealed|final|abstract) )*(?:class|interface|record|enum|@interface) (\\w+)",
            Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @Test
    void everyPublicTypeIsDocumentedOrMarkedAsInternal() throws IOException {
        SortedSet<String> unmarked = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(PublicTypesTest::read)
                    .filter(source -> !source.contains("\n@API(status = API.Status.INTERNAL)\n"))
                    .forEach(source ->
                            PUBLIC_TYPE.matcher(source).results().forEach(type -> unmarked.add(type.group(1))));
        }

        assertThat(unmarked).isEqualTo(documented());
    }

    private static SortedSet<String> documented() throws IOException {
        String text = Files.readString(DOCUMENT);
        String heading = "## The types that are meant for you";
        assertThat(text).contains(heading);
        String table = text.substring(text.indexOf("|---", text.indexOf(heading)));
        return NAME.matcher(table).results().map(name -> name.group(1)).collect(toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
