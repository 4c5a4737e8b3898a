package dev.watchparty.server.testing;

import dev.watchparty.server.testing.MessageFates.Fate;
import dev.watchparty.server.testing.NetworkConditions.WebSocketFate;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A path to any server on the loopback interface, which a test can cut, silence, slow down or take away. */
public final class TestingNetwork implements AutoCloseable {
    private static final int BACKLOG = 1000;

    /** One for all networks, so that hundreds of connections need no threads of their own. */
    private static final EventLoop LOOP = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("testing-network", true), NioIoHandler.newFactory())
            .next();

    private final int port = TestingPort.free();
    private final boolean isToRedis;
    private final MessageFates fates = new MessageFates();
    private final NetworkConditions conditions;
    private final Set<NetworkConnection> connections = new HashSet<>(); // for the event loop only
    private ServerSocketChannel entrance;
    private Thread acceptor;

    private TestingNetwork(int target, boolean isToRedis) {
        this.conditions = new NetworkConditions(target);
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
        change(conditions::silence);
    }

    /**
     * Lets nothing through from now on, in either direction, on the connections that have received published messages.
     * Later connections are not concerned.
     */
    public void silenceSubscribers() {
        change(() -> conditions.silence(
                connections.stream().filter(NetworkConnection::hasMessages).toList()));
    }

    /** Lets everything through, including what was held back. */
    public void restore() {
        change(() -> {
            conditions.restore();
            forEach(NetworkConnection::proceed);
        });
    }

    /** Answers later connections that ask for a WebSocket with 403, without the server. */
    public void refuseWebSockets() {
        change(() -> conditions.setWebSocketFate(WebSocketFate.REFUSED));
    }

    /** Leaves later connections that ask for a WebSocket without an answer; the server does not see them. */
    public void swallowWebSockets() {
        change(() -> conditions.setWebSocketFate(WebSocketFate.SWALLOWED));
    }

    /** Leads later connections to the server on another port. */
    public void leadTo(int otherPort) {
        change(() -> conditions.leadTo(otherPort));
    }

    /** Cuts all connections; new ones are accepted. */
    public void cut() {
        change(() -> forEach(NetworkConnection::end));
    }

    /**
     * Ends the clients' side of all connections, as a phone does that changes from one network to another. The server
     * does not notice; new connections are accepted.
     */
    public void cutClientsOff() {
        change(() -> forEach(NetworkConnection::cutClientOff));
    }

    /** Cuts all connections, and refuses new ones. */
    public synchronized void down() {
        try {
            entrance.close();
            acceptor.join(); // its last connection is cut too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the network goes down", e);
        }
        cut();
    }

    /** Accepts connections again. */
    public synchronized void up() {
        if (entrance != null && entrance.isOpen()) {
            return;
        }
        try {
            // It blocks, because closing it then refuses connections from that moment on.
            entrance = ServerSocketChannel.open()
                    .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerSocketChannel opened = entrance;
        acceptor = new Thread(() -> accept(opened), "testing-network-acceptor");
        acceptor.setDaemon(true);
        acceptor.start();
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
        change(() -> conditions.delay(toServer, toClient, jitter));
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

    private void accept(ServerSocketChannel opened) {
        while (opened.isOpen()) {
            try {
                SocketChannel accepted = opened.accept();
                LOOP.execute(() -> join(accepted));
            } catch (IOException closed) {
                // The network is down, or the next connection will fail.
            }
        }
    }

    private void join(SocketChannel accepted) {
        Channel client = new NioSocketChannel(accepted);
        client.config().setAutoRead(false);
        NetworkConnection connection = new NetworkConnection(
                client, conditions, isToRedis ? fates.new Connection() : null, connections::remove);
        connections.add(connection);
        client.pipeline().addLast(connection.handler());
        LOOP.register(client).addListener(registered -> connection.proceed());
    }

    private void forEach(Consumer<NetworkConnection> change) {
        List.copyOf(connections).forEach(change); // which may end it
    }

    /** Returns when the change has taken effect. */
    private static void change(Runnable change) {
        LOOP.submit(change).syncUninterruptibly();
    }

    @Override
    public void close() {
        down();
        restore();
    }
}
