package dev.watchparty.bench.subject;

import dev.watchparty.bench.measure.ProcessMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running subject. */
public final class SubjectProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final Subject subject;
    private final Process process;
    private final int port;
    private final Path log;
    private final ProcessMeter meter;
    private final long startedAt;
    private final Thread killAtExit;

    private SubjectProcess(Subject subject, Process process, int port, Path log, long startedAt) {
        this.subject = subject;
        this.process = process;
        this.port = port;
        this.log = log;
        this.meter = new ProcessMeter(process.toHandle());
        this.startedAt = startedAt;
        this.killAtExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killAtExit);
    }

    /** @param name of its log */
    static SubjectProcess launch(
            Subject subject,
            String name,
            int port,
            List<String> command,
            Map<String, String> environment,
            Path workFolder) {
        try {
            Files.createDirectories(workFolder);
            Path log = workFolder.resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(workFolder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Redirect.appendTo(log.toFile())); // a node that is started again goes on with its log
            builder.environment().put("NODE_ENV", "production");
            builder.environment().putAll(environment);
            long now = System.nanoTime();
            return new SubjectProcess(subject, builder.start(), port, log, now);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be started: %s".formatted(subject.label(), e.getMessage()), e);
        }
    }

    public int port() {
        return port;
    }

    /** How long it has run. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** The resources that it has used. */
    public ProcessMeter meter() {
        return meter;
    }

    /**
     * Waits until it accepts connections.
     *
     * @throws IllegalStateException if it ends, or takes too long
     */
    public SubjectProcess awaitListening() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            check();
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return this;
            } catch (IOException notYet) {
                waitShortly();
            }
        }
        throw new IllegalStateException("%s does not listen; see %s".formatted(subject.label(), log));
    }

    private static void waitShortly() {
        try {
            TimeUnit.MILLISECONDS.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void check() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "%s ended with %d; see %s".formatted(subject.label(), process.exitValue(), log));
        }
    }

    /** Stops its time; connections stay. */
    public void pause() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    /** Ends it as an operator does, and returns when it has ended. */
    public void stop() {
        signal("-TERM");
        awaitEnd();
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill %s: %d".formatted(name, status));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(killAtExit);
    }
}
