package dev.watchparty.it.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the system that tests need. If it is missing, root on Debian installs Debian's package. */
final class InstalledProgram {
    private static final List<String> PLACES = List.of("/usr/sbin", "/usr/local/sbin");
    /** As in browsers.mjs: tests that run at the same time may install something too. */
    private static final List<String> ONE_APT_GET_AT_A_TIME =
            List.of("flock", "/var/lock/watchparty-tests-apt", "apt-get", "-o", "DPkg::Lock::Timeout=600");

    private static final long INSTALLATION_MINUTES = 20;

    private InstalledProgram() {}

    /** Where the program is. */
    static Path of(String name, String debianPackage) {
        return find(name).orElseGet(() -> {
            install(name, debianPackage);
            return find(name).orElseThrow();
        });
    }

    private static Optional<Path> find(String name) {
        Stream<String> onPath = Stream.of(System.getenv("PATH").split(":"));
        return Stream.concat(onPath, PLACES.stream())
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void install(String name, String debianPackage) {
        if (!Files.exists(Path.of("/etc/debian_version"))
                || !System.getProperty("user.name").equals("root")) {
            throw new IllegalStateException("No %s: install it, and run the tests again.".formatted(name));
        }
        aptGet("update", "-qq");
        aptGet("install", "-y", "-qq", "--no-install-recommends", debianPackage);
    }

    private static void aptGet(String... arguments) {
        try {
            ProcessBuilder command =
                    new ProcessBuilder(Stream.concat(ONE_APT_GET_AT_A_TIME.stream(), Stream.of(arguments))
                            .toList());
            command.environment().put("DEBIAN_FRONTEND", "noninteractive");
            command.environment().put("RUNLEVEL", "1"); // otherwise the package would start its own server
            Process process = command.redirectErrorStream(true).start();
            String output;
            try (InputStream out = process.getInputStream()) {
                output = new String(out.readAllBytes(), UTF_8);
            }
            if (!process.waitFor(INSTALLATION_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("apt-get failed: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while apt-get runs", e);
        }
    }
}
