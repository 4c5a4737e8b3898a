package dev.watchparty.server.socketio;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIONamespace;
import dev.watchparty.server.config.TransportConfig;
import dev.watchparty.server.config.TransportConfig.Tls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Socket.IO v4 server: Engine.IO v4 and Socket.IO v5 under the namespaces and listeners of netty-socketio.
 *
 * <p>Listeners are called on event loops and must not block. What one client sends is dispatched in order, one packet at
 * a time; different clients are served at the same time. No lock of the server is held meanwhile.
 */
public final class SocketIoServer {
    private static final Logger log = LoggerFactory.getLogger(SocketIoServer.class);
    private static final int BACKLOG = 1024;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    private final TransportConfig config;
    private final SocketIoProtocol protocol;
    private final EngineSessions sessions;
    private final ServerPipeline pipeline;
    private EventLoops loops;
    private Channel listener;

    /**
     * Makes a server that does not listen yet.
     *
     * @param limiter asked for every session and every packet
     * @param identities asked for every socket that is let in
     * @param pages a sharable handler which gets every {@link io.netty.handler.codec.http.FullHttpRequest} whose path
     *     is not under that of Socket.IO, and releases it
     * @throws IllegalArgumentException if the certificate or key cannot be used, or a trusted proxy is no address
     */
    public SocketIoServer(
            TransportConfig config,
            ConnectionLimiter limiter,
            SocketIdentities identities,
            ChannelInboundHandler pages) {
        this.config = requireNonNull(config, "config is null");
        requireNonNull(limiter, "limiter is null");
        requireNonNull(identities, "identities is null");
        requireNonNull(pages, "pages is null");
        this.protocol = new SocketIoProtocol(config, identities);
        this.sessions = new EngineSessions(config.limits().maxSessions());
        EngineHandler engine = new EngineHandler(config, limiter, sessions, protocol);
        this.pipeline = new ServerPipeline(config, config.tls().map(SocketIoServer::sslContext), engine, pages);
    }

    private static SslContext sslContext(Tls tls) {
        try {
            return SslContextBuilder.forServer(
                            tls.certificateChain().toFile(), tls.privateKey().toFile())
                    .build();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "certificate %s and key %s cannot be used (expected: PEM files, the key without a password)"
                            .formatted(tls.certificateChain(), tls.privateKey()),
                    e);
        }
    }

    /**
     * A namespace to add listeners to; it is made if there is none of the name.
     *
     * @param name {@code /} for the default one
     */
    public SocketIONamespace namespace(String name) {
        return protocol.namespaces().getOrCreate(name);
    }

    /**
     * Sends to many sockets of a namespace at once.
     *
     * @param namespace {@code /} for the default one
     */
    public Broadcasts broadcasts(String namespace) {
        return new NamespaceBroadcasts(
                protocol.codec(), Namespaces.wireName(protocol.namespaces().getOrCreate(namespace)));
    }

    /** How many clients there are: open Engine.IO sessions. */
    public int sessions() {
        return sessions.size();
    }

    /**
     * Begins to accept connections.
     *
     * @return where it listens
     * @throws UncheckedIOException if it cannot listen there; the port is taken, most often
     */
    public InetSocketAddress start() {
        loops = EventLoops.start(config.io(), config.ioThreads());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.acceptor(), loops.workers())
                .channel(loops.channelType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(pipeline)
                .bind(config.host(), config.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.stop();
            throw new UncheckedIOException(new IOException(
                    "cannot listen on %s:%d: %s"
                            .formatted(
                                    config.host(), config.port(), bound.cause().getMessage()),
                    bound.cause()));
        }
        listener = bound.channel();
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        log.info("Listening on {}", address);
        return address;
    }

    /** Takes no more connections; those there are stay. */
    public void stopAccepting() {
        if (listener == null) {
            throw new IllegalStateException("the server has not been started");
        }
        listener.close().syncUninterruptibly();
    }

    /**
     * Closes all clients, in a way that makes them come back by themselves, and stops.
     *
     * @param grace how long clients may take to read what has been sent
     */
    public void stop(Duration grace) {
        stopAccepting();
        long deadline = System.nanoTime() + grace.toNanos();
        sessions.forEach(session -> session.close(DisconnectReason.SERVER_SHUTDOWN));
        awaitUntil(deadline, () -> sessions.reserved() == 0);
        awaitUntil(deadline, () -> pipeline.connections().stream().noneMatch(SocketIoServer::isWriting));
        pipeline.connections().close().awaitUninterruptibly(Math.max(1, grace.toMillis()), TimeUnit.MILLISECONDS);
        loops.stop();
        log.info("Stopped");
    }

    private static boolean isWriting(Channel channel) {
        return channel.bytesBeforeUnwritable() < channel.config().getWriteBufferHighWaterMark();
    }

    private static void awaitUntil(long deadline, BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
                Thread.sleep(POLL_INTERVAL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stops at once
        }
    }
}
