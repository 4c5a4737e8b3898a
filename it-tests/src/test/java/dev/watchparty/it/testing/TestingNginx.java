package dev.watchparty.it.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchparty.server.testing.TestingPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real nginx in front of a server, set up as in docs/operations.md, with its own configuration and files. If there is
 * no nginx, root on Debian installs Debian's.
 */
public final class TestingNginx implements RunningServer {
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/local/sbin/nginx"));
    /** As in browsers.mjs: tests that run at the same time may install something too. */
    private static final List<String> ONE_APT_GET_AT_A_TIME =
            List.of("flock", "/var/lock/watchparty-tests-apt", "apt-get", "-o", "DPkg::Lock::Timeout=600");

    private static final long INSTALLATION_MINUTES = 20;
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final Path folder;
    private final int port;
    private final String path;

    private TestingNginx(Process process, Path folder, int port, String path) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.path = path;
    }

    /**
     * Starts it, and waits until it accepts connections.
     *
     * @param server the server that it passes requests to
     * @param path the path that it passes on, without a slash at its end; empty for all
     * @param removesPath whether it removes that path before it asks the server
     * @param passesUpgrades whether WebSockets get through
     */
    public static TestingNginx start(RunningServer server, String path, boolean removesPath, boolean passesUpgrades) {
        try {
            Path nginx = find().or(TestingNginx::install).orElseThrow();
            Path folder = Files.createTempDirectory("testing-nginx");
            int port = TestingPort.free();
            String location = removesPath ? path + "/" : path.isEmpty() ? "/" : path;
            String passes = "http://127.0.0.1:" + server.port() + (removesPath ? "/" : "");
            Path settings = Files.writeString(
                    folder.resolve("nginx.conf"), settings(folder, port, location, passes, passesUpgrades));
            Process process = new ProcessBuilder(
                            nginx.toString(), "-p", folder.toString(), "-c", settings.toString(), "-e", "stderr")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            TestingNginx running = new TestingNginx(process, folder, port, path);
            running.awaitListening();
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String settings(Path folder, int port, String location, String passes, boolean passesUpgrades) {
        String upgrade = passesUpgrades
                ? "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;"
                : "proxy_set_header Connection '';";
        return """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log stderr;
                events { worker_connections 512; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
                  server {
                    listen 127.0.0.1:%2$d;
                    location %3$s {
                      proxy_pass %4$s;
                      proxy_http_version 1.1;
                      proxy_set_header Host $http_host;
                      %5$s
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                      proxy_set_header X-Forwarded-Host $http_host;
                      proxy_set_header X-Forwarded-Proto $scheme;
                      proxy_buffering off;
                      proxy_read_timeout 75s;
                    }
                  }
                }
                """
                .formatted(folder, port, location, passes, upgrade);
    }

    private static Optional<Path> find() {
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(":")).map(place -> Path.of(place, "nginx"));
        return Stream.concat(onPath, PLACES.stream())
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> install() {
        if (!Files.exists(Path.of("/etc/debian_version"))
                || !System.getProperty("user.name").equals("root")) {
            throw new IllegalStateException("No nginx: install it, and run the tests again.");
        }
        aptGet("update", "-qq");
        aptGet("install", "-y", "-qq", "--no-install-recommends", "nginx-light");
        return find();
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

    private void awaitListening() {
        Awaitility.await("nginx listens on port " + port)
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("nginx has ended: " + Files.readString(folder.resolve("output")));
                    }
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    } catch (ConnectException e) {
                        return false;
                    }
                });
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void stop() {
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
