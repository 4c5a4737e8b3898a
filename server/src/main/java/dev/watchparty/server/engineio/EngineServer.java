package dev.watchparty.server.engineio;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.engineio.TransportConfig.Tls;
import dev.watchparty.server.eventloop.OutOfMemory;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Engine.IO v4 server, and the pages beside it on the same port: the connections, and everything that carries
 * messages.
 *
 * <p>The listener defines what the messages mean.
 */
@API(status = API.Status.INTERNAL)
public final class EngineServer {
    private static final Logger log = LoggerFactory.getLogger(EngineServer.class);
    private static final int BACKLOG = 1024;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    /** How long connections may take to close, and event loops to stop, after the grace period of a stop. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    /**
     * The ciphers with forward secrecy among the provider's defaults: nobody who gets hold of the key later can read
     * their traffic. These are the ciphers of TLS 1.3, and those of TLS 1.2 with ephemeral elliptic curves (RFC 9325,
     * section 4.2).
     */
    static final CipherSuiteFilter FORWARD_SECRET = (ciphers, defaults, supported) -> defaults.stream()
            .filter(cipher -> cipher.startsWith("TLS_ECDHE_")
                    || cipher.startsWith("TLS_AES_")
                    || cipher.startsWith("TLS_CHACHA20_"))
            .toArray(String[]::new);

    private static final Duration LOOPS_TIMEOUT = Duration.ofSeconds(3);

    private final TransportConfig config;
    private final EngineSessions sessions;
    private final ConnectionGate gate;
    private final ServerPipeline pipeline;
    private volatile Consumer<OutOfMemoryError> memoryListener = this::abandon;
    private Phase phase = Phase.NEW;
    private EventLoops loops;
    private volatile Channel listener;

    private enum Phase {
        NEW("made"),
        STARTED("started"),
        STOPPED("stopped");

        private final String inWords;

        Phase(String inWords) {
            this.inWords = inWords;
        }
    }

    /**
     * Makes a server that does not listen yet.
     *
     * @param limiter asked before every session and every packet
     * @param pages a sharable handler which gets every {@link io.netty.handler.codec.http.FullHttpRequest} whose path
     *     is not under that of Engine.IO, and releases it
     * @param acceptor makes the listener of a session that has opened; called on its event loop
     * @throws IllegalArgumentException if the certificate or key cannot be used
     */
    public EngineServer(
            TransportConfig config,
            ConnectionLimiter limiter,
            ChannelInboundHandler pages,
            Function<EngineSession, EngineSession.Listener> acceptor) {
        this(config, limiter, pages, acceptor, newBudget(config));
    }

    /**
     * Makes a server that shares a budget with its listeners.
     *
     * @param unfinished as {@link #newBudget} makes it
     */
    public EngineServer(
            TransportConfig config,
            ConnectionLimiter limiter,
            ChannelInboundHandler pages,
            Function<EngineSession, EngineSession.Listener> acceptor,
            ByteBudget unfinished) {
        this.config = requireNonNull(config, "config is null");
        requireNonNull(limiter, "limiter is null");
        requireNonNull(pages, "pages is null");
        requireNonNull(acceptor, "acceptor is null");
        if (pages instanceof ChannelHandlerAdapter handler && !handler.isSharable()) {
            throw new IllegalArgumentException("pages: %s (expected: a @Sharable handler)"
                    .formatted(pages.getClass().getName()));
        }
        this.sessions = new EngineSessions(config.limits().maxSessions());
        ClientAddresses addresses = new ClientAddresses(config.trustedProxies());
        this.gate = new ConnectionGate(config.limits(), addresses);
        QueuedOutput output = new QueuedOutput(config.limits().maxQueuedBytesTotal(), sessions::all, gate::connections);
        EngineHandler engine = new EngineHandler(config, addresses, limiter, sessions, output, acceptor);
        HostCheck hosts = new HostCheck(addresses, config.hosts());
        this.pipeline = new ServerPipeline(
                config, config.tls().map(EngineServer::sslContext), hosts, engine, pages, unfinished, output);
    }

    /** The budget of bytes that all clients together may have sent of incomplete requests and messages. */
    public static ByteBudget newBudget(TransportConfig config) {
        return new ByteBudget(config.limits().maxUnfinishedBytes());
    }

    private static SslContext sslContext(Tls tls) {
        try {
            SslContext context = SslContextBuilder.forServer(
                            tls.certificateChain().toFile(), tls.privateKey().toFile())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(null, FORWARD_SECRET)
                    .build();
            TlsTrial.handshake(context);
            return context;
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "tls: certificate %s and key %s cannot be used (expected: PEM files of a pair, the key without a password)"
                            .formatted(tls.certificateChain(), tls.privateKey()),
                    e);
        }
    }

    /**
     * Sets the action for exhausted memory that nothing can recover from: the heap is full, or no thread can be
     * started. By default all clients are closed, and no new connection is accepted. The listener is called on the
     * thread that met the error, perhaps several times, and must not need much memory.
     */
    public void onOutOfMemory(Consumer<OutOfMemoryError> listener) {
        memoryListener = requireNonNull(listener, "listener is null");
    }

    /** No server is better than one that no longer answers: its operator and its clients can see that it has gone. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing can be done about a close that fails
    private void abandon(OutOfMemoryError error) {
        listener.close();
        gate.connections().forEach(Channel::close);
        log.error("The server has closed all connections and takes no more: {}", error.toString());
    }

    /** The number of clients: open Engine.IO sessions. */
    public int sessions() {
        return sessions.size();
    }

    /**
     * Begins to accept connections. If that fails, nothing is left behind, and the caller may try again.
     *
     * @return the address where it listens
     * @throws IllegalArgumentException if the host is unknown, or not one of this machine's addresses
     * @throws UncheckedIOException if it cannot listen there, most often because the port is taken
     * @throws IllegalStateException if it has been started or stopped before, or the system does not provide what event
     *     loops need
     */
    public synchronized InetSocketAddress start() {
        if (phase != Phase.NEW) {
            throw new IllegalStateException(
                    "the server has been %s already (expected: one start of each server)".formatted(phase.inWords));
        }
        InetAddress host = hostAddress();
        loops = EventLoops.start(config.io(), config.ioThreads());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.acceptor(), loops.workers())
                .channel(loops.channelType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(gate)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // The allocator of outbound messages too, so that both draw on the same memory.
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childHandler(pipeline)
                .bind(host, config.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.stop(System.nanoTime() + LOOPS_TIMEOUT.toNanos());
            throw cannotListen(host, bound.cause());
        }
        listener = bound.channel();
        listener.pipeline().addLast(new AcceptFailures());
        OutOfMemory.addListener(this, error -> memoryListener.accept(error));
        phase = Phase.STARTED;
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        log.debug("Listening on {}", address);
        return address;
    }

    private InetAddress hostAddress() {
        try {
            return InetAddress.getByName(config.host());
        } catch (UnknownHostException e) {
            throw wrongHost(e);
        }
    }

    private RuntimeException cannotListen(InetAddress host, Throwable cause) {
        if (isOfAnotherMachine(host)) {
            return wrongHost(cause);
        }
        String message = "cannot listen on %s:%d: %s".formatted(config.host(), config.port(), cause.getMessage());
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    private static boolean isOfAnotherMachine(InetAddress host) {
        try {
            return !host.isAnyLocalAddress() && NetworkInterface.getByInetAddress(host) == null;
        } catch (SocketException e) {
            return false; // unknown
        }
    }

    private IllegalArgumentException wrongHost(Throwable cause) {
        return new IllegalArgumentException(
                "host: %s (expected: an address of this machine, or a name that stands for one)"
                        .formatted(config.host()),
                cause);
    }

    /**
     * Accepts no more connections; open ones stay.
     *
     * @throws IllegalStateException if it has not been started
     */
    public void stopAccepting() {
        if (listener == null) {
            throw new IllegalStateException("the server has not been started");
        }
        listener.close().syncUninterruptibly();
    }

    /**
     * Closes the clients little by little in a way that makes them reconnect by themselves. Clients may still come. Blocks
     * until the time has passed, or no client is left; an interrupt ends it. It does nothing if the server has not been
     * started, or is already stopped.
     *
     * @param duration how long the last client may stay
     */
    public void drain(Duration duration) {
        new Drain(sessions).run(duration);
    }

    /**
     * Closes all clients in a way that makes them reconnect by themselves, and stops. This takes at most 4 s after the
     * grace period, whatever clients and listeners do. It does nothing if the server has not been started, or is
     * already stopped; the server cannot be started afterwards.
     *
     * @param grace how long clients may take to read the messages that were sent
     */
    public synchronized void stop(Duration grace) {
        Phase before = phase;
        phase = Phase.STOPPED;
        if (before != Phase.STARTED) {
            return;
        }
        long graceEnd = System.nanoTime() + grace.toNanos();
        long closeEnd = graceEnd + CLOSE_TIMEOUT.toNanos();
        stopAccepting();
        sessions.close();
        awaitUntil(graceEnd, () -> sessions.reserved() == 0);
        awaitUntil(graceEnd, () -> gate.connections().stream().noneMatch(EngineServer::isWriting));
        gate.connections().forEach(Channel::close);
        awaitUntil(closeEnd, gate.connections()::isEmpty);
        loops.stop(closeEnd + LOOPS_TIMEOUT.toNanos());
        OutOfMemory.removeListener(this);
        log.debug("Stopped");
    }

    private static boolean isWriting(Channel channel) {
        return channel.bytesBeforeUnwritable() < channel.config().getWriteBufferHighWaterMark();
    }

    private static void awaitUntil(long deadline, BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
                Thread.sleep(POLL_INTERVAL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stops at once
        }
    }
}
