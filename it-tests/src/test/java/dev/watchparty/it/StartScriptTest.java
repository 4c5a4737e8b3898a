package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.TestingServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the server according to the README. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
    private static final long EXIT_SECONDS = 30;

    @TempDir
    private Path folder;

    @Test
    void startPassesTheMeasuredOptionsToJava() {
        TestingServerProcess server = TestingServerProcess.startScript(folder, List.of("-Xmx200m"), Map.of());
        try {
            assertThat(server.arguments()).contains("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
            assertThat(server.arguments().indexOf("-Xmx200m"))
                    .isGreaterThan(server.arguments().indexOf("-Xmx256m")); // the last one counts
        } finally {
            server.terminate();
            server.awaitExit(EXIT_SECONDS);
        }
    }

    @Test
    void firstStartLeavesAnArchiveOfClassesForTheNext() throws IOException {
        TestingServerProcess first = TestingServerProcess.startScript(folder, List.of(), Map.of());
        first.terminate();
        assertThat(first.awaitExit(EXIT_SECONDS)).isZero();
        Path archive = onlyFile();

        TestingServerProcess second = TestingServerProcess.startScript(folder, List.of(), Map.of());
        assertThat(second.arguments()).contains("-XX:SharedArchiveFile=" + archive);
        second.terminate();

        assertThat(second.awaitExit(EXIT_SECONDS)).isZero();
        assertThat(second.outputWith("archive")).isEmpty();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }
}
