package dev.watchparty.server.testing;

import dev.watchparty.server.testing.MessageFates.Fate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** A path to any server on the loopback interface, which a test can cut, silence, slow down or take away. */
public final class TestingNetwork implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final int CHUNKS_UNDERWAY = 64;
    private static final int BACKLOG = 1000;
    private static final byte[] END = {};

    private volatile int target;
    private final int port = TestingPort.free();
    private final boolean isToRedis;
    private final MessageFates fates = new MessageFates();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> subscribers = ConcurrentHashMap.newKeySet(); // both ends of connections with messages
    private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private boolean isSilent;
    private volatile Delay delay = new Delay(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    private ServerSocket entrance;
    private Thread acceptor;

    private record Delay(Duration toServer, Duration toClient, Duration jitter) {}

    /** Some bytes, and the time from which on they may arrive. */
    private static final class Piece {
        private final byte[] bytes;
        private final long dueNanos;

        Piece(byte[] bytes, long dueNanos) {
            this.bytes = bytes;
            this.dueNanos = dueNanos;
        }
    }

    private TestingNetwork(int target, boolean isToRedis) {
        this.target = target;
        this.isToRedis = isToRedis;
        up();
    }

    /** A path to the server on that port. */
    public static TestingNetwork to(int port) {
        return new TestingNetwork(port, false);
    }

    /** A path to a Redis without TLS, on which messages to subscribers can be lost, repeated and swapped. */
    public static TestingNetwork to(TestingRedis redis) {
        return new TestingNetwork(redis.port(), true);
    }

    /** The port at this end of the path; it stays the same. */
    public int port() {
        return port;
    }

    /** The address of this end of the path, if the server speaks HTTP. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /**
     * Lets nothing through from now on, in either direction, and not the end of a connection either. New connections
     * are accepted and stay silent; the server does not see them.
     */
    public void silence() {
        synchronized (lock) {
            isSilent = true;
        }
    }

    /**
     * Lets nothing through from now on, in either direction, on the connections that have received published messages.
     * Later connections are not concerned.
     */
    public void silenceSubscribers() {
        silent.addAll(subscribers);
    }

    /** Lets everything through, including what was held back. */
    public void restore() {
        synchronized (lock) {
            isSilent = false;
            silent.clear();
            lock.notifyAll();
        }
    }

    /** Leads later connections to the server on another port. */
    public void leadTo(int otherPort) {
        target = otherPort;
    }

    /** Cuts all connections; new ones are accepted. */
    public void cut() {
        sockets.forEach(TestingNetwork::close);
    }

    /** Cuts all connections, and refuses new ones. */
    public void down() {
        synchronized (lock) {
            try {
                entrance.close();
                acceptor.join(); // the system accepts connections until it has noticed
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the network goes down", e);
            }
        }
        cut();
    }

    /** Accepts connections again. */
    public void up() {
        synchronized (lock) {
            if (entrance != null && !entrance.isClosed()) {
                return;
            }
            try {
                ServerSocket opened = new ServerSocket();
                opened.setReuseAddress(true);
                opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
                entrance = opened;
                acceptor = start(() -> accept(opened));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How long later bytes take, in each direction. */
    public void delay(Duration oneWay) {
        delay(oneWay, oneWay, Duration.ZERO);
    }

    /**
     * How long later bytes take. Their order stays.
     *
     * @param jitter how much longer some take, by chance
     */
    public void delay(Duration toServer, Duration toClient, Duration jitter) {
        delay = new Delay(toServer, toClient, jitter);
    }

    /** Loses the next published message that contains the text, once what was planned before has happened. */
    public void loseNext(String text) {
        plan(Fate.LOST, text);
    }

    /** Delivers the next published message that contains the text twice, once what was planned before has happened. */
    public void repeatNext(String text) {
        plan(Fate.REPEATED, text);
    }

    /**
     * Delivers the next published message that contains the text after the message that follows it on its connection,
     * once what was planned before has happened.
     */
    public void swapNext(String text) {
        plan(Fate.SWAPPED, text);
    }

    /** How many losses, repetitions and swaps have still to happen. */
    public int planned() {
        return fates.planned();
    }

    private void plan(Fate fate, String text) {
        if (!isToRedis) {
            throw new IllegalStateException("path to a port (expected: to a TestingRedis)");
        }
        fates.plan(fate, text);
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                Socket inbound = opened.accept();
                sockets.add(inbound);
                if (opened.isClosed()) {
                    close(inbound);
                } else {
                    start(() -> join(inbound));
                }
            } catch (IOException closed) {
                // The network is down, or the next connection will fail.
            }
        }
    }

    private void join(Socket inbound) {
        try {
            awaitSound(inbound);
            Socket outbound = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(outbound);
            inbound.setTcpNoDelay(true);
            outbound.setTcpNoDelay(true);
            connect(inbound, outbound, List::of, () -> delay.toServer());
            connect(outbound, inbound, isToRedis ? splitter(inbound, outbound) : List::of, () -> delay.toClient());
        } catch (IOException | InterruptedException refused) {
            forget(inbound);
        }
    }

    private Function<byte[], List<byte[]>> splitter(Socket inbound, Socket outbound) {
        MessageFates.Connection connection = fates.new Connection();
        return bytes -> {
            List<byte[]> passing = connection.split(bytes);
            if (connection.hasMessages()) {
                subscribers.add(inbound);
                subscribers.add(outbound);
            }
            return passing;
        };
    }

    private void connect(Socket from, Socket to, Function<byte[], List<byte[]>> splitter, Supplier<Duration> oneWay) {
        BlockingQueue<Piece> underway = new ArrayBlockingQueue<>(CHUNKS_UNDERWAY);
        Thread reader = start(() -> read(from, splitter, oneWay, underway));
        start(() -> {
            write(underway, to);
            forget(from);
            forget(to);
            reader.interrupt();
        });
    }

    private void read(
            Socket from,
            Function<byte[], List<byte[]>> splitter,
            Supplier<Duration> oneWay,
            BlockingQueue<Piece> underway) {
        try {
            long due = System.nanoTime();
            try {
                InputStream in = from.getInputStream();
                byte[] chunk = new byte[CHUNK];
                for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                    due = Math.max(due, dueNanos(oneWay.get()));
                    for (byte[] piece : splitter.apply(Arrays.copyOf(chunk, length))) {
                        underway.put(new Piece(piece, due));
                    }
                }
            } catch (IOException cut) {
                // It ends here too.
            }
            underway.put(new Piece(END, Math.max(due, dueNanos(oneWay.get()))));
        } catch (InterruptedException ended) {
            // Nobody takes what is read.
        }
    }

    private long dueNanos(Duration oneWay) {
        long jitter = delay.jitter().toNanos();
        return System.nanoTime()
                + oneWay.toNanos()
                + (jitter == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitter));
    }

    private void write(BlockingQueue<Piece> underway, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            for (Piece piece = underway.take(); ; piece = underway.take()) {
                TimeUnit.NANOSECONDS.sleep(piece.dueNanos - System.nanoTime());
                awaitSound(to);
                if (piece.bytes == END) {
                    return;
                }
                out.write(piece.bytes);
            }
        } catch (IOException | InterruptedException cut) {
            // Then the other direction ends too.
        }
    }

    private void awaitSound(Socket to) throws InterruptedException {
        synchronized (lock) {
            while (isSilent || silent.contains(to)) {
                lock.wait();
            }
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "testing-network");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void forget(Socket socket) {
        sockets.remove(socket);
        subscribers.remove(socket);
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        down();
        restore();
    }
}
