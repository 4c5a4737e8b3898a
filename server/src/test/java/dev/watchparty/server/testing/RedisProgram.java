package dev.watchparty.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** The program of Redis for this machine, which also runs as a sentinel. A jar of the build carries it. */
final class RedisProgram {
    private static final String VERSION = "7.0.15";
    private static final Path FOLDER = Path.of("target", "redis").toAbsolutePath();

    private RedisProgram() {}

    /** The file of the program. The first test that asks unpacks it, for all later runs until the next clean build. */
    static synchronized Path file() {
        String name = "redis-server-" + VERSION + "-" + system() + "-" + architecture();
        Path file = FOLDER.resolve(name);
        if (Files.isExecutable(file)) {
            return file;
        }
        try (InputStream in = RedisProgram.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": missing (expected: in the jar of embedded-redis)");
            }
            Files.createDirectories(FOLDER);
            Path unpacked = Files.createTempFile(FOLDER, name, null);
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
            // Another JVM may do the same at this moment, and each finds a complete file.
            return Files.move(unpacked, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name;
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }
}
