package dev.watchparty.bench.subject;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The reference server's files and packages, installed when they are first needed. */
final class NodeReference {
    /** The variables that disable the native helpers of Node's WebSocket library. */
    static final Map<String, String> WITHOUT_NATIVE_HELPERS =
            Map.of("WS_NO_BUFFER_UTIL", "1", "WS_NO_UTF_8_VALIDATE", "1");

    private static final String NODE = "node";
    private static final String RESOURCES = "/dev/watchparty/bench/reference/";
    private static final List<String> FILES = List.of("package.json", "package-lock.json", ".npmrc", "server.js");

    private final Path folder;
    private boolean installed;

    NodeReference(Path folder) {
        this.folder = folder;
    }

    /**
     * The command that starts it.
     *
     * @param redis the address of the Redis that joins several processes; none for one alone
     * @throws IllegalStateException if npm cannot install a package that it needs
     */
    synchronized List<String> command(int port, Optional<URI> redis) {
        if (!installed) {
            install();
            installed = true;
        }
        return Stream.concat(
                        Stream.of(NODE, folder.resolve("server.js").toString(), Integer.toString(port)),
                        redis.map(URI::toString).stream())
                .toList();
    }

    /** The version as Node prints it; {@code none} if there is none. */
    static String version() {
        try {
            Process node = new ProcessBuilder(NODE, "--version").start();
            String version = new String(node.getInputStream().readAllBytes(), US_ASCII).strip();
            return version.isEmpty() ? "none" : version;
        } catch (IOException notInstalled) {
            return "none";
        }
    }

    private void install() {
        try {
            Files.createDirectories(folder);
            boolean changed = false;
            for (String file : FILES) {
                changed |= copy(file);
            }
            if (changed || !Files.isDirectory(folder.resolve("node_modules"))) {
                npmCi();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the reference cannot be installed: " + e.getMessage(), e);
        }
    }

    /** Returns whether the existing file was different. */
    private boolean copy(String file) throws IOException {
        Path target = folder.resolve(file);
        try (InputStream in = NodeReference.class.getResourceAsStream(RESOURCES + file)) {
            byte[] content = in.readAllBytes();
            if (Files.exists(target) && java.util.Arrays.equals(Files.readAllBytes(target), content)) {
                return false;
            }
            Path temporary = Files.createTempFile(folder, file, "");
            Files.write(temporary, content);
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            return !file.equals("server.js");
        }
    }

    private void npmCi() throws IOException {
        Path log = folder.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (npm.waitFor() != 0) {
                throw new IllegalStateException("npm ci failed; see " + log);
            }
        } catch (InterruptedException e) {
            npm.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
