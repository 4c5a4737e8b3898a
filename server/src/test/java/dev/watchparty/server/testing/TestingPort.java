package dev.watchparty.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface for processes that cannot choose one themselves. */
public final class TestingPort {
    private static final int FIRST_PORT = 20_000;
    private static final int FIRST_EPHEMERAL_PORT = 32_768; // on Linux; other systems begin higher

    private TestingPort() {}

    /**
     * A port that was free a moment ago, and that the system does not hand out to processes that ask for any port.
     * Other tests open many ports before the process listens, and between one process and the next on its port.
     */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_EPHEMERAL_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Then the next port is tried.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
