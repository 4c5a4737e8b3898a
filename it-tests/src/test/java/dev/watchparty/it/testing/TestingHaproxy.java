package dev.watchparty.it.testing;

import dev.watchparty.server.testing.TestingPort;
import java.nio.file.Path;
import java.util.List;

/** A real HAProxy with deploy/haproxy.cfg. If there is none, root on Debian installs Debian's. */
public final class TestingHaproxy implements RunningServer {
    private final ProxyProcess process;
    private final int port;

    private TestingHaproxy(ProxyProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it in front of these nodes, and waits until it accepts connections. */
    public static TestingHaproxy balance(List<? extends RunningServer> nodes) {
        Path haproxy = InstalledProgram.of("haproxy", "haproxy");
        Path folder = ProxyProcess.newFolder("testing-haproxy");
        int port = TestingPort.free();
        DeployedSettings settings = DeployedSettings.of("haproxy.cfg")
                .withNodes(nodes)
                .with("bind :8080", "bind 127.0.0.1:" + port)
                .with("127.0.0.1:10000", "127.0.0.1:" + TestingPort.free());
        String file = ProxyProcess.write(folder.resolve("haproxy.cfg"), settings.text())
                .toString();
        ProxyProcess.check(folder, haproxy, "-c", "-dW", "-f", file);
        return new TestingHaproxy(ProxyProcess.start(folder, port, haproxy, "-db", "-f", file), port);
    }

    /** Its output so far. */
    public String output() {
        return process.output();
    }

    @Override
    public int port() {
        return port;
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
