package dev.watchparty.it.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.testing.TestingPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged server in a separate process, as people run it: for tests of signals, memory and output. */
public final class TestingServerProcess implements RunningServer {
    private static final Path JAR =
            Path.of("../server/target/watchparty.jar").toAbsolutePath().normalize();
    private static final Path SCRIPT =
            Path.of("../server/bin/watchparty").toAbsolutePath().normalize();
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final int port;
    private final List<String> output = new ArrayList<>();
    private final Thread reader;
    private ProcessProbe probe; // null until it is needed

    private TestingServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        reader = new Thread(this::read, "testing-server-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the jar and waits until it accepts connections; see {@link #launch}. */
    public static TestingServerProcess start(List<String> jvmArguments, Map<String, ?> overrides) {
        TestingServerProcess server = launch(jvmArguments, overrides);
        server.awaitListening();
        return server;
    }

    /**
     * Starts the jar in a process that may open this many files, and waits until it accepts connections.
     *
     * @param files including sockets
     */
    public static TestingServerProcess startWithOpenFiles(
            int files, List<String> jvmArguments, Map<String, ?> overrides) {
        List<String> limited = List.of("sh", "-c", "ulimit -n " + files + "; exec \"$@\"", "sh");
        TestingServerProcess server = launch(limited, jvmArguments, overrides);
        server.awaitListening();
        return server;
    }

    /**
     * Starts the script that people start, and waits until it accepts connections.
     *
     * @param cache the folder of its archive of classes
     */
    public static TestingServerProcess startScript(Path cache, List<String> arguments, Map<String, ?> overrides) {
        Map<String, Object> values = withDefaults(overrides);
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(arguments);
        values.forEach((key, value) -> command.add("-D" + key + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
        builder.environment().put("WATCHPARTY_CACHE", cache.toString());
        TestingServerProcess server = launch(builder, values);
        server.awaitListening();
        return server;
    }

    /**
     * Starts the jar without waiting for anything.
     *
     * @param jvmArguments such as {@code -Xmx128m}
     * @param overrides values by configuration key; they become system properties
     */
    public static TestingServerProcess launch(List<String> jvmArguments, Map<String, ?> overrides) {
        return launch(List.of(), jvmArguments, overrides);
    }

    private static TestingServerProcess launch(
            List<String> launcher, List<String> jvmArguments, Map<String, ?> overrides) {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("%s: missing (expected: built by mvn package)".formatted(JAR));
        }
        Map<String, Object> values = withDefaults(overrides);
        List<String> command = new ArrayList<>(launcher);
        command.add(JAVA_HOME.resolve("bin/java").toString());
        command.addAll(jvmArguments);
        values.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", JAR.toString()));
        return launch(new ProcessBuilder(command), values);
    }

    private static Map<String, Object> withDefaults(Map<String, ?> overrides) {
        Map<String, Object> values = new HashMap<>(ServerKeys.TEST_DEFAULTS);
        values.put(ServerKeys.PORT, TestingPort.free());
        values.putAll(overrides);
        return values;
    }

    private static TestingServerProcess launch(ProcessBuilder builder, Map<String, Object> values) {
        try {
            Process process = builder.redirectErrorStream(true).start();
            return new TestingServerProcess(process, (int) values.get(ServerKeys.PORT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The options that Java was started with. */
    public List<String> arguments() {
        return process.info().arguments().map(List::of).orElseThrow();
    }

    private void awaitListening() {
        Awaitility.await("the server listens on port " + port)
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the server has ended: " + output());
                    }
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    } catch (ConnectException e) {
                        return false;
                    }
                });
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.add(line);
                }
            }
        } catch (IOException endOfProcess) {
            // Nothing more to read.
        }
    }

    /** The lines that the process has printed so far. */
    public List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    /** The printed lines that contain that text. */
    public List<String> outputWith(String text) {
        return output().stream().filter(line -> line.contains(text)).toList();
    }

    /** The heap in use after a full collection, bytes. */
    public long usedHeapAfterCollection() {
        return vitals().heap();
    }

    /** The current resources of the process. Collects its garbage first. */
    public ProcessVitals vitals() {
        if (probe == null) {
            probe = new ProcessProbe(process.pid());
        }
        return probe.read();
    }

    /** Waits until it holds this many sessions in memory. */
    public void awaitSessions(int count) {
        Awaitility.await("sessions of the server")
                .pollInterval(200, TimeUnit.MILLISECONDS)
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> vitals().sessions(), sessions -> sessions == count);
    }

    /**
     * Waits until it holds no session in memory and stops it. Fails if it leaked a buffer, or logged an error or a
     * warning.
     */
    public void assertNothingLeft() {
        awaitSessions(0);
        probe.close();
        terminate();
        assertThat(awaitExit(PATIENCE_SECONDS)).isZero();
        assertThat(outputWith("stopping")).singleElement().asString().endsWith("clients=0");
        assertThat(outputWith("LEAK")).isEmpty();
        assertThat(outputWith(" ERROR ")).isEmpty();
        assertThat(outputWith(" WARN ")).isEmpty();
    }

    /** Sends SIGTERM, without waiting for anything. */
    public void terminate() {
        // Not process.destroy(), which also closes the output, and so loses the last lines of the server.
        process.toHandle().destroy();
    }

    /** Ends it in the middle of whatever it does, and returns when it has ended. */
    void kill() {
        process.destroyForcibly();
        awaitExit(PATIENCE_SECONDS);
    }

    /** Stops its time: connections stay, and nothing is answered. */
    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start();
            assertThat(kill.waitFor()).as("kill %s", name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending a signal", e);
        }
    }

    /** Waits for the end of the process, and returns its exit code. */
    public int awaitExit(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("the server has not ended after %d s: %s".formatted(seconds, output()));
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the server's end", e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void stop() {
        terminate();
        awaitExit(PATIENCE_SECONDS);
    }

    @Override
    public void close() {
        if (probe != null) {
            probe.close();
        }
        process.destroyForcibly();
    }
}
