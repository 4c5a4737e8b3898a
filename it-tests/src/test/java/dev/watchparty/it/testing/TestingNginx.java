package dev.watchparty.it.testing;

import dev.watchparty.server.testing.TestingPort;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A real nginx, set up as in docs/operations.md in front of a server, or with deploy/nginx.conf in front of several. If
 * there is no nginx, root on Debian installs Debian's.
 */
public final class TestingNginx implements RunningServer {
    private static final String MAIN = "daemon off; master_process off; pid %s/nginx.pid; error_log stderr;";

    private final ProxyProcess process;
    private final int port;
    private final String path;

    private TestingNginx(ProxyProcess process, int port, String path) {
        this.process = process;
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
        int port = TestingPort.free();
        String location = removesPath ? path + "/" : path.isEmpty() ? "/" : path;
        String passes = "http://127.0.0.1:" + server.port() + (removesPath ? "/" : "");
        return start(settings(port, location, passes, passesUpgrades), port, path);
    }

    /** Starts it in front of these nodes, and waits until it accepts connections. */
    public static TestingNginx balance(List<? extends RunningServer> nodes) {
        int port = TestingPort.free();
        DeployedSettings settings = DeployedSettings.of("nginx.conf")
                .withNodes(nodes)
                .with("listen 8080;", "listen 127.0.0.1:%d;".formatted(port))
                // So many files cannot be opened everywhere.
                .with("worker_rlimit_nofile 65536;", "")
                .with("worker_connections 30000;", "worker_connections 512;");
        return start(settings.text(), port, "");
    }

    private static TestingNginx start(String settings, int port, String path) {
        Path nginx = InstalledProgram.of("nginx", "nginx-light");
        Path folder = ProxyProcess.newFolder("testing-nginx");
        String file = ProxyProcess.write(folder.resolve("nginx.conf"), settings.replace("http {", http(folder)))
                .toString();
        String main = MAIN.formatted(folder);
        String prefix = folder.toString();
        ProxyProcess.check(folder, nginx, "-t", "-p", prefix, "-c", file, "-e", "stderr", "-g", main);
        return new TestingNginx(
                ProxyProcess.start(folder, port, nginx, "-p", prefix, "-c", file, "-e", "stderr", "-g", main),
                port,
                path);
    }

    private static String http(Path folder) {
        return """
                http {
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                """
                .formatted(folder);
    }

    private static String settings(int port, String location, String passes, boolean passesUpgrades) {
        String upgrade = passesUpgrades
                ? "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;"
                : "proxy_set_header Connection '';";
        return """
                events { worker_connections 512; }
                http {
                  access_log off;
                  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
                  server {
                    listen 127.0.0.1:%1$d;
                    location %2$s {
                      proxy_pass %3$s;
                      proxy_http_version 1.1;
                      proxy_set_header Host $http_host;
                      %4$s
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                      proxy_set_header X-Forwarded-Host $http_host;
                      proxy_set_header X-Forwarded-Proto $scheme;
                      proxy_buffering off;
                      proxy_read_timeout 75s;
                    }
                  }
                }
                """
                .formatted(port, location, passes, upgrade);
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
        process.stop();
    }

    @Override
    public void close() {
        process.close();
    }
}
