package dev.watchparty.it;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.TestingOutsider;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The library in other programs, which have only our published artifacts. */
class EmbeddingTest {
    private static final String NETTY = System.getProperty("testing.netty.version");

    @TempDir
    private Path directory;

    @Test
    @Timeout(300)
    void outsiderRunsTheServerWithOurArtifactAlone() throws Exception {
        String output = TestingOutsider.of("plain", directory).buildAndRun();

        assertThat(output).contains("let in with 42[\"session:init\"").doesNotContain("left behind");
        List<String> jars = jars(output);
        assertThat(versions(jars, "netty-(?!socketio)[a-z_-]+")).containsExactly(NETTY);
        assertThat(versions(jars, "jackson-(core|databind|datatype-jdk8)")).hasSize(1);
        assertThat(jars).noneMatch(jar -> jar.startsWith("logback") || jar.startsWith("logstash"));
        assertThat(jars).anyMatch(jar -> jar.startsWith("slf4j-api"));
    }

    @Test
    @Timeout(300)
    void springBootThreeRunsTheServerAndKeepsItsLogging() throws Exception {
        String output = TestingOutsider.of("spring-boot", directory).buildAndRun();

        assertThat(output)
                .contains("let in with 42[\"session:init\"")
                .contains("the host logs INFO WatchPartyServer listening")
                .doesNotContain("port=");
        assertThat(versions(jars(output), "netty-(?!socketio)[a-z_-]+")).containsExactly(NETTY);
    }

    @Test
    void libraryHoldsNothingThatAnotherProgramWouldTakeForItsOwn() throws Exception {
        Path jar = Path.of(
                "../server/target/watchparty-server-%s.jar".formatted(System.getProperty("testing.project.version")));
        try (JarFile library = new JarFile(jar.toFile())) {
            Stream<String> files =
                    library.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName);

            assertThat(files).allMatch(name -> name.startsWith("dev/watchparty/") || name.startsWith("META-INF/"));
        }
    }

    private static List<String> jars(String output) {
        Matcher classPath = Pattern.compile("class path (.*)").matcher(output);
        assertThat(classPath.find()).isTrue();
        return Arrays.stream(classPath.group(1).split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).getFileName().toString())
                .toList();
    }

    /** The versions of the jars with such names. */
    private static Set<String> versions(List<String> jars, String names) {
        Pattern pattern = Pattern.compile(names + "-(?<version>\\d[\\w.]*?)(-(linux|osx|windows)-\\w+)?\\.jar");
        return jars.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(jar -> jar.group("version"))
                .collect(toSet());
    }
}
