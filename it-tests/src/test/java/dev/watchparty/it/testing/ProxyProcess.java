package dev.watchparty.it.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The process of a proxy, which keeps all its files in a folder of its own. */
final class ProxyProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Path folder;
    private final Process process;

    private ProxyProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** A new folder, which goes with the process. */
    static Path newFolder(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of settings. */
    static Path write(Path file, String settings) {
        try {
            return Files.writeString(file, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the program, and waits until it accepts connections. */
    static ProxyProcess start(Path folder, int port, Path program, String... arguments) {
        ProxyProcess started = new ProxyProcess(folder, run(folder, program, arguments));
        started.awaitListening(program, port);
        return started;
    }

    /** Runs a program that checks settings; fails with its output unless it accepts them. */
    static void check(Path folder, Path program, String... arguments) {
        Process check = run(folder, program, arguments);
        if (check.onExit().join().exitValue() != 0) {
            throw new AssertionError(program + " does not accept its settings: " + output(folder));
        }
    }

    private static Process run(Path folder, Path program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String output(Path folder) {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output of the program so far. */
    String output() {
        return output(folder);
    }

    private void awaitListening(Path program, int port) {
        Awaitility.await("%s listens on port %d".formatted(program, port))
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(program + " has ended: " + output());
                    }
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    } catch (ConnectException e) {
                        return false;
                    }
                });
    }

    void stop() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((one, other) -> other.compareTo(one))
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
