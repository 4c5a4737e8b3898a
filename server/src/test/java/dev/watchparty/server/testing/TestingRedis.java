package dev.watchparty.server.testing;

import static java.util.stream.Collectors.toMap;

import dev.watchparty.server.TestingCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Redis in a process of its own, on a free port of the loopback interface, with files of its own. It ends with
 * the JVM at the latest. {@link TestingSentinel} and {@link TestingRedisCluster} start several.
 */
public final class TestingRedis implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final int REPLY_TIMEOUT_MILLIS = 30_000;
    /** The user that the fixture itself is where not everybody may come in. */
    private static final String FIXTURE = "fixture";

    private static final Set<TestingRedis> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(TestingRedis::close)));
    }

    private final Path folder;
    private final int port;
    private final String userInfo; // as in a URI; empty if everybody may come in
    private final TestingCertificate certificate; // null without TLS
    private final boolean hasData;
    private final List<String> command;
    private Process process;

    private TestingRedis(Builder options) throws Exception {
        folder = Files.createTempDirectory("testing-redis");
        OPEN.add(this);
        port = TestingPort.free();
        userInfo = options.userInfo;
        hasData = options.hasData;
        certificate = options.hasTls ? TestingCertificate.create(folder) : null;
        Path settings = Files.write(folder.resolve("redis.conf"), settings(options));
        command = Stream.concat(
                        Stream.of(RedisProgram.file().toString(), settings.toString()), options.arguments.stream())
                .toList();
    }

    /** Starts one that keeps nothing when it ends, and lets everybody in. */
    public static TestingRedis start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** How a Redis is to run. */
    public static final class Builder {
        private final List<String> settings = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private String userInfo = "";
        private boolean hasData;
        private boolean hasTls;

        private Builder() {}

        /** It keeps its data when it is restarted, and also when it was killed. */
        public Builder withData() {
            hasData = true;
            // Without fsync a reply still comes after the write, and the system outlives the process.
            return setting("appendonly", "yes").setting("appendfsync", "no");
        }

        /** Nobody comes in without this password, of letters and digits. */
        public Builder password(String password) {
            userInfo = ":" + password;
            return setting("requirepass", password);
        }

        /**
         * Nobody comes in but this user.
         *
         * @param password of letters and digits
         * @param rules what the user may do, as Redis' ACL writes it; none for everything
         */
        public Builder user(String name, String password, String... rules) {
            userInfo = name + ":" + password;
            String rights = rules.length == 0 ? "~* &* +@all" : String.join(" ", rules);
            return setting("user", name + " on >" + password + " " + rights).setting("user", "default off");
        }

        /** It speaks TLS only, with {@link TestingRedis#certificate}. */
        public Builder tls() {
            hasTls = true;
            return this;
        }

        /** A line of its configuration file. */
        public Builder setting(String key, String value) {
            settings.add(key + " " + value);
            return this;
        }

        /** It runs as a sentinel. */
        Builder sentinel() {
            arguments.add("--sentinel");
            return this;
        }

        /** Starts it, and waits until it answers. */
        public TestingRedis start() {
            try {
                TestingRedis redis = new TestingRedis(this);
                redis.startAgain();
                return redis;
            } catch (Exception e) {
                throw new IllegalStateException("Redis did not start", e);
            }
        }
    }

    private List<String> settings(Builder options) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "bind 127.0.0.1",
                (certificate == null ? "port " : "port 0\ntls-port ") + port,
                "dir " + Files.createDirectory(folder.resolve("data"))));
        if (certificate != null) {
            lines.add("tls-cert-file " + certificate.certificateChain());
            lines.add("tls-key-file " + certificate.privateKey());
            lines.add("tls-auth-clients no");
        }
        if (options.arguments.isEmpty()) {
            lines.add("save ''");
            lines.add("shutdown-timeout 0");
            lines.add("repl-diskless-sync-delay 0");
            lines.add("cluster-config-file " + folder.resolve("nodes.conf"));
            lines.add("user " + FIXTURE + " on nopass ~* &* +@all");
        }
        lines.addAll(options.settings);
        return lines;
    }

    /** The address, with the credentials, as Lettuce reads it. */
    public URI uri() {
        return uriAt(port);
    }

    /** The address by way of a network, with the credentials, as Lettuce reads it. */
    public URI uriThrough(TestingNetwork network) {
        return uriAt(network.port());
    }

    private URI uriAt(int entrance) {
        String scheme = certificate == null ? "redis://" : "rediss://";
        return URI.create(scheme + (userInfo.isEmpty() ? "" : userInfo + "@") + "127.0.0.1:" + entrance);
    }

    public int port() {
        return port;
    }

    /** The certificate that clients have to trust, if it speaks TLS. */
    public Optional<TestingCertificate> certificate() {
        return Optional.ofNullable(certificate);
    }

    /** Starts it on the same port after its end, and waits until it answers. Without data it is empty. */
    public void startAgain() {
        if (isRunning()) {
            throw new IllegalStateException("Redis runs (expected: stopped or killed)");
        }
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("Redis answers on port " + port)
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .pollDelay(0, TimeUnit.MILLISECONDS)
                .until(this::answers);
    }

    /** Whether its process exists, paused or not. */
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    private boolean answers() throws IOException {
        if (!isRunning()) {
            throw new AssertionError("Redis has ended: " + Files.readString(log()));
        }
        try {
            return "PONG".equals(ask("PING"));
        } catch (IOException | IllegalStateException notYet) {
            return false;
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** Ends it as an operator does, and starts it again with its data, which it keeps {@link Builder#withData}. */
    public void restart() {
        if (!hasData) {
            throw new IllegalStateException("Redis keeps no data (expected: withData)");
        }
        stop();
        startAgain();
    }

    /** Ends it, and starts it again without any data. A node of a cluster stays one. */
    public void restartEmpty() {
        stop();
        delete(folder.resolve("data"));
        try {
            Files.createDirectory(folder.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startAgain();
    }

    /** Ends it as an operator does, and returns when it has ended. */
    public void stop() {
        if (isRunning()) {
            resume();
            process.destroy();
            process.onExit().join();
        }
    }

    /** Ends it in the middle of whatever it does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops its time: connections stay, new ones are accepted by the system, and no command is answered. */
    public void pause() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill %s: %s".formatted(name, kill.exitValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending a signal", e);
        }
    }

    /**
     * Sends a command on a connection of its own.
     *
     * @return a text, or a number in digits; null if there is none
     * @throws IllegalStateException if Redis answers with an error, which is in the message
     */
    public String command(String... parts) {
        Object reply = reply(parts);
        if (reply instanceof List) {
            throw new IllegalStateException("%s: a list (expected: a text)".formatted(Arrays.toString(parts)));
        }
        return reply == null ? null : reply.toString();
    }

    /** As {@link #command}, for a command that answers with a list. Lists in that list become part of it. */
    public List<String> listCommand(String... parts) {
        List<String> texts = new ArrayList<>();
        flatten(reply(parts), texts);
        return texts;
    }

    private static void flatten(Object reply, List<String> into) {
        if (reply instanceof List<?> list) {
            list.forEach(part -> flatten(part, into));
        } else {
            into.add(reply == null ? null : reply.toString());
        }
    }

    private Object reply(String... parts) {
        try {
            return ask(parts);
        } catch (IOException e) {
            throw new UncheckedIOException(Arrays.toString(parts), e);
        }
    }

    private Object ask(String... parts) throws IOException {
        try (RespConnection connection = new RespConnection(connect())) {
            if (!userInfo.isEmpty()) {
                connection.call("AUTH", FIXTURE, "");
            }
            return connection.call(parts);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = certificate == null
                ? new Socket()
                : certificate.clientContext().getSocketFactory().createSocket();
        try {
            socket.setSoTimeout(REPLY_TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), REPLY_TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Changes a setting while it runs. */
    public void configure(String key, String value) {
        command("CONFIG", "SET", key, value);
    }

    /** Ends the connections that are subscribed to a channel, and returns how many there were. */
    public int killSubscribers() {
        return Integer.parseInt(command("CLIENT", "KILL", "TYPE", "pubsub"));
    }

    /** Makes it forget all scripts. */
    public void flushScripts() {
        command("SCRIPT", "FLUSH");
    }

    /**
     * How often each command was called since the start or {@link #resetCalls}, by its name in small letters, with a
     * bar before a subcommand. The commands of this fixture count too.
     */
    public Map<String, Long> calls() {
        String prefix = "cmdstat_";
        return command("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).split("[:=,]"))
                .collect(toMap(words -> words[0], words -> Long.valueOf(words[2]), Long::sum, TreeMap::new));
    }

    /** How often that command was called since the start or {@link #resetCalls}. */
    public long calls(String name) {
        return calls().getOrDefault(name, 0L);
    }

    public void resetCalls() {
        command("CONFIG", "RESETSTAT");
    }

    /** Ends it, and deletes its files. */
    @Override
    public void close() {
        OPEN.remove(this);
        if (process != null) {
            kill();
        }
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((one, other) -> other.compareTo(one))
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
