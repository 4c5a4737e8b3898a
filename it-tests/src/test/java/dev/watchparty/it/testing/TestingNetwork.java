package dev.watchparty.it.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A path to a server that a test can cut or silence. When it is silenced, connections stay open and nothing comes
 * through.
 */
public final class TestingNetwork implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final RunningServer server;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private boolean silent;

    private TestingNetwork(RunningServer server) {
        this.server = server;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public static TestingNetwork to(RunningServer server) {
        return new TestingNetwork(server);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    /** Lets nothing through from now on, in either direction. */
    public void silence() {
        synchronized (lock) {
            silent = true;
        }
    }

    /** Lets everything through, including the bytes that were held back. */
    public void restore() {
        synchronized (lock) {
            silent = false;
            lock.notifyAll();
        }
    }

    /** Cuts all connections; new ones are accepted. */
    public void cut() {
        sockets.forEach(TestingNetwork::close);
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket inbound = entrance.accept();
                Socket outbound = new Socket(InetAddress.getLoopbackAddress(), server.port());
                sockets.add(inbound);
                sockets.add(outbound);
                start(() -> pump(inbound, outbound));
                start(() -> pump(outbound, inbound));
            } catch (IOException closed) {
                // The network or the server has ended, or the next connection will fail.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                awaitSound();
                out.write(chunk, 0, length);
            }
        } catch (IOException | InterruptedException ended) {
            // The close notifies the other direction.
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitSound() throws InterruptedException {
        synchronized (lock) {
            while (silent) {
                lock.wait();
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "testing-network");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
        restore();
    }
}
