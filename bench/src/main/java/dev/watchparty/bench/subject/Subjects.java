package dev.watchparty.bench.subject;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts subjects. */
public final class Subjects {
    private final Path serverJar;
    private final Optional<Path> beforeJar;
    private final List<String> serverOptions;
    private final List<String> beforeOptions;
    private final Path workFolder;
    private final NodeReference node;

    /**
     * @param serverJar the server's runnable jar
     * @param beforeJar that of an earlier build, if {@link Subject#BEFORE} may be started
     * @param serverOptions options for the JVM of each server that runs on one, so that none is more expensive
     *     because of its collector
     * @param beforeOptions those of {@link Subject#BEFORE}
     * @param workFolder for logs and for the packages that npm installs
     */
    public Subjects(
            Path serverJar,
            Optional<Path> beforeJar,
            List<String> serverOptions,
            List<String> beforeOptions,
            Path workFolder) {
        this.serverJar = serverJar;
        this.beforeJar = beforeJar;
        this.serverOptions = List.copyOf(serverOptions);
        this.beforeOptions = List.copyOf(beforeOptions);
        this.workFolder = workFolder;
        this.node = new NodeReference(workFolder.resolve("reference"));
    }

    /** Starts a subject on a free port, without waiting until it listens. */
    public SubjectProcess start(Subject subject) {
        int port = freePort();
        return switch (subject) {
            case OURS -> launch(subject, port, ours(serverOptions, serverJar, port), Map.of());
            case BEFORE -> launch(subject, port, ours(beforeOptions, beforeJar.orElseThrow(), port), Map.of());
            case NODE -> launch(subject, port, node.command(port), NodeReference.WITHOUT_NATIVE_HELPERS);
            case NODE_NATIVE -> launch(subject, port, node.command(port), Map.of());
            case NETTY_SOCKETIO -> launch(subject, port, peer(NettySocketioServer.class, port), Map.of());
            case FLOOR -> launch(subject, port, peer(FloorServer.class, port), Map.of());
        };
    }

    /** The version of Node that it runs on, as Node prints it; {@code none} if there is none. */
    public String nodeVersion() {
        return NodeReference.version();
    }

    private SubjectProcess launch(Subject subject, int port, List<String> command, Map<String, String> environment) {
        return SubjectProcess.launch(subject, port, command, environment, workFolder);
    }

    private List<String> ours(List<String> options, Path jar, int port) {
        return java(
                options,
                "-Dwatchparty.server.port=" + port,
                "-Dwatchparty.limits.enabled=false",
                "-Dwatchparty.server.limits.max-connections-per-address=40000",
                "-Dwatchparty.recovery.file=",
                "-jar",
                jar.toString());
    }

    private List<String> peer(Class<?> main, int port) {
        return java(serverOptions, "-cp", classPath(), main.getName(), Integer.toString(port));
    }

    private static List<String> java(List<String> options, String... arguments) {
        return Stream.of(List.of(javaBinary()), options, List.of(arguments))
                .flatMap(List::stream)
                .toList();
    }

    /** The class path of this process, valid from any folder. */
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
