package dev.watchparty.bench.subject;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts subjects. */
public final class Subjects {
    private final Path serverJar;
    private final List<String> serverOptions;
    private final Path workFolder;
    private final NodeReference node;

    /**
     * @param serverJar the server's runnable jar
     * @param serverOptions options for its JVM
     * @param workFolder for logs and for what npm installs
     */
    public Subjects(Path serverJar, List<String> serverOptions, Path workFolder) {
        this.serverJar = serverJar;
        this.serverOptions = List.copyOf(serverOptions);
        this.workFolder = workFolder;
        this.node = new NodeReference(workFolder.resolve("reference"));
    }

    /** Starts a subject on a free port, without waiting until it listens. */
    public SubjectProcess start(Subject subject) {
        int port = freePort();
        return switch (subject) {
            case OURS -> launch(subject, port, ours(port), Map.of());
            case NODE -> launch(subject, port, node.command(port), NodeReference.WITHOUT_NATIVE_HELPERS);
            case NODE_NATIVE -> launch(subject, port, node.command(port), Map.of());
            case NETTY_SOCKETIO -> launch(subject, port, java(NettySocketioServer.class, port), Map.of());
            case FLOOR -> launch(subject, port, java(FloorServer.class, port), Map.of());
        };
    }

    private SubjectProcess launch(Subject subject, int port, List<String> command, Map<String, String> environment) {
        return SubjectProcess.launch(subject, port, command, environment, workFolder);
    }

    private List<String> ours(int port) {
        List<String> command = new ArrayList<>(List.of(javaBinary()));
        command.addAll(serverOptions);
        command.addAll(List.of(
                "-Dwatchparty.server.port=" + port,
                "-Dwatchparty.limits.enabled=false",
                "-Dwatchparty.server.limits.max-connections-per-address=40000",
                "-Dwatchparty.recovery.file=",
                "-jar",
                serverJar.toString()));
        return command;
    }

    private static List<String> java(Class<?> main, int port) {
        return List.of(javaBinary(), "-cp", classPath(), main.getName(), Integer.toString(port));
    }

    /** That of this process, as seen from any folder. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(joining(File.pathSeparator));
    }

    private static String javaBinary() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
