package dev.watchparty.it.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A separate project that uses our library, built and run by the Maven that runs these tests. It is outside of the
 * checkout, and finds our modules, in their published form, in its own local repository; everything else there is a
 * link to an artifact that Maven has downloaded before.
 */
public final class TestingOutsider {
    private static final Path SOURCES = Path.of("src/test/embedding");
    private static final Path REPOSITORY =
            Path.of("target/embedding-repository").toAbsolutePath();
    private static final Path OUR_GROUP = Path.of("dev", "watchparty");
    private static final String VERSION = property("project.version");

    private final Path directory;

    private TestingOutsider(Path directory) {
        this.directory = directory;
    }

    /**
     * Copies a project to a directory, and publishes our modules for it.
     *
     * @param name a folder of {@code src/test/embedding}
     */
    public static TestingOutsider of(String name, Path directory) throws IOException {
        copy(SOURCES.resolve("common"), directory);
        copy(SOURCES.resolve(name), directory);
        linkWhatIsDownloaded(Path.of(property("maven.local-repository")), REPOSITORY);
        publish("watchparty", Path.of("../pom.xml"), "pom");
        for (String module : List.of("protocol", "client-web", "server")) {
            String artifact = "watchparty-" + module;
            publish(artifact, Path.of("..", module, "pom.xml"), "pom");
            publish(artifact, Path.of("..", module, "target", artifact + "-" + VERSION + ".jar"), "jar");
        }
        return new TestingOutsider(directory);
    }

    private static String property(String name) {
        String value = System.getProperty("testing." + name);
        if (value == null) {
            throw new IllegalStateException("testing.%s: missing (expected: set by the build)".formatted(name));
        }
        return value;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(
                        copy,
                        Files.readString(file)
                                .replace("@project.version@", VERSION)
                                .replace("@netty.version@", property("netty.version")));
            }
        }
    }

    /** Links everything except our group; our group's folders are created. */
    private static void linkWhatIsDownloaded(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> entries = Files.list(from).filter(Files::isDirectory)) {
            for (Path entry : entries.toList()) {
                Path link = to.resolve(entry.getFileName().toString());
                Path inRepository = REPOSITORY.relativize(link);
                if (inRepository.equals(OUR_GROUP)) {
                    continue;
                }
                if (OUR_GROUP.startsWith(inRepository)) {
                    linkWhatIsDownloaded(entry, link);
                } else if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, entry);
                }
            }
        }
    }

    private static void publish(String artifact, Path file, String extension) throws IOException {
        Path folder = REPOSITORY.resolve(OUR_GROUP).resolve(artifact).resolve(VERSION);
        Files.createDirectories(folder);
        Files.copy(
                file,
                folder.resolve("%s-%s.%s".formatted(artifact, VERSION, extension)),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Compiles it and runs its main class, {@code outsider.Outsider}, with environment variables and properties that
     * our server would read if it were the process.
     *
     * @return the text that it printed
     * @throws IllegalStateException if it does not end with 0
     */
    public String buildAndRun() throws IOException, InterruptedException {
        String command = "-Dwatchparty.server.port=nonsense -Dwatchparty.no-such-key=1 -Dconfig.file=no-such-file"
                + " -cp %classpath outsider.Outsider";
        List<String> maven = new ArrayList<>(List.of(
                Path.of(property("maven.home"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-q",
                "-Dmaven.repo.local=" + REPOSITORY,
                "-Dexec.executable=" + Path.of(System.getProperty("java.home"), "bin", "java"),
                "-Dexec.args=" + command));
        maven.addAll(Arrays.asList(property("maven.goals").strip().split("\\s+")));
        ProcessBuilder builder =
                new ProcessBuilder(maven).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "PORT", "nonsense",
                        "WATCHPARTY_SERVER_PORT", "nonsense"));
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            String printed = new String(output.readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("exit status %d: %s".formatted(process.exitValue(), printed));
            }
            return printed;
        }
    }
}
