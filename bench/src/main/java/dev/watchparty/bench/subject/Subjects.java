package dev.watchparty.bench.subject;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts subjects. */
public final class Subjects {
    /** With it nodes start while Redis is away, and tickets stay valid when Redis has lost its data. */
    private static final String SECRET = "secret of the benchmarks, which protects nothing";

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

    /**
     * Starts a subject on a free port, without waiting until it listens.
     *
     * @throws IllegalArgumentException if it needs a Redis
     */
    public SubjectProcess start(Subject subject) {
        if (subject.sharesRooms()) {
            throw new IllegalArgumentException(
                    "%s: only in scenarios of several nodes (expected: a subject of one process)"
                            .formatted(subject.label()));
        }
        return start(subject, subject.label(), freePort(), Optional.empty());
    }

    /**
     * Starts several processes of a subject, each on a free port, with a Redis if they share their rooms.
     *
     * @param nodes 1 for a subject that shares nothing
     */
    public Cluster startCluster(Subject subject, int nodes) {
        return new Cluster(this, subject, nodes, false);
    }

    /** As {@link #startCluster}, with a network between each process and Redis that can be slowed down or cut. */
    public Cluster startClusterBehindNetworks(Subject subject, int nodes) {
        return new Cluster(this, subject, nodes, true);
    }

    /**
     * Starts one process without waiting until it listens.
     *
     * @param name of its log
     * @param redis the address of the Redis, if it shares its rooms
     */
    SubjectProcess start(Subject subject, String name, int port, Optional<URI> redis) {
        Map<String, String> none = Map.of();
        return switch (subject) {
            case OURS -> launch(subject, name, port, ours(serverOptions, serverJar, port), none);
            case BEFORE -> launch(subject, name, port, ours(beforeOptions, beforeJar.orElseThrow(), port), none);
            case REDIS -> launch(subject, name, port, onRedis(port, redis.orElseThrow()), none);
            case NODE, NODE_REDIS ->
                launch(subject, name, port, node.command(port, redis), NodeReference.WITHOUT_NATIVE_HELPERS);
            case NODE_NATIVE -> launch(subject, name, port, node.command(port, redis), none);
            case NETTY_SOCKETIO -> launch(subject, name, port, peer(NettySocketioServer.class, port), none);
            case FLOOR -> launch(subject, name, port, peer(FloorServer.class, port), none);
        };
    }

    /** The version of Node that it runs on, as Node prints it; {@code none} if there is none. */
    public String nodeVersion() {
        return NodeReference.version();
    }

    private SubjectProcess launch(
            Subject subject, String name, int port, List<String> command, Map<String, String> environment) {
        return SubjectProcess.launch(subject, name, port, command, environment, workFolder);
    }

    private List<String> onRedis(int port, URI redis) {
        List<String> options = new ArrayList<>(serverOptions);
        options.add("-Dwatchparty.store=redis");
        options.add("-Dwatchparty.redis.uri=" + redis);
        options.add("-Dwatchparty.redis.required-at-start=false");
        options.add("-Dwatchparty.recovery.secret=" + SECRET);
        options.add("-Dwatchparty.server.drain=2s");
        return ours(options, serverJar, port);
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

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
