package dev.watchparty.server.socketio;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIONamespace;
import dev.watchparty.server.engineio.ByteBudget;
import dev.watchparty.server.engineio.EngineServer;
import dev.watchparty.server.engineio.NotFoundHandler;
import dev.watchparty.server.engineio.TransportConfig;
import io.netty.channel.ChannelInboundHandler;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A Socket.IO v4 server: the protocols Engine.IO v4 and Socket.IO v5 under the namespaces and listeners of
 * netty-socketio.
 *
 * <p><b>Lifecycle.</b> A server is created, started once, and stopped, on any thread but its own. Add namespaces, listeners and
 * admissions before the start.
 *
 * <p><b>Threads.</b> From {@link #start} to {@link #stop} there are a thread {@code watchparty-acceptor} and event loops {@code
 * watchparty-io}, which keep the process alive. Listeners are called on event loops and must not block. The packets of one
 * client are dispatched in order, one at a time; those of different clients at the same time. No lock of the server is held
 * meanwhile.
 *
 * <p><b>Guarantees.</b> An event with an argument that does not fit the type of its listener reaches no listener; its sender
 * gets {@code INVALID_PAYLOAD} as {@link Refusals} sends it. A missing argument is null. A socket's {@code getSessionId()} only
 * numbers the connection inside this process, since netty-socketio wants a UUID there. Clients never see it. The id that they
 * know is {@link SocketHandle#publicId}.
 */
public final class SocketIoServer {
    private final SocketIoProtocol protocol;
    private final EngineServer engine;

    /**
     * Creates a server without limits on events and without pages, which does not listen yet.
     *
     * @throws IllegalArgumentException if the certificate or key cannot be used
     */
    public SocketIoServer(TransportConfig config) {
        this(config, EventLimiter.UNLIMITED, new NotFoundHandler());
    }

    /**
     * Creates a server that does not listen yet.
     *
     * @param limiter decides about every session and every packet
     * @param pages a sharable handler that receives, and releases, every {@link io.netty.handler.codec.http.FullHttpRequest}
     *     whose path is not under that of Socket.IO
     * @throws IllegalArgumentException if the certificate or key cannot be used
     */
    public SocketIoServer(TransportConfig config, EventLimiter limiter, ChannelInboundHandler pages) {
        ByteBudget unfinished = EngineServer.newBudget(config);
        this.protocol = new SocketIoProtocol(config, unfinished);
        this.engine = new EngineServer(config, limiter, pages, protocol, unfinished);
    }

    /**
     * A namespace to add listeners to. It is created if there is none with the name.
     *
     * @param name {@code /} for the default one
     */
    public SocketIONamespace namespace(String name) {
        return protocol.namespaces().getOrCreate(name);
    }

    /**
     * Chooses the admission of a namespace, in place of {@link Admission#EVERYBODY}; before {@link #start}.
     *
     * @param namespace {@code /} for the default one
     */
    public void admission(String namespace, Admission admission) {
        protocol.namespaces().getOrCreate(namespace).admission(requireNonNull(admission, "admission is null"));
    }

    /**
     * Sends to many sockets of a namespace at once.
     *
     * @param namespace {@code /} for the default one
     */
    public Broadcasts broadcasts(String namespace) {
        return new NamespaceBroadcasts(
                protocol.json(), protocol.namespaces().getOrCreate(namespace).wireName());
    }

    /** The number of clients: open Engine.IO sessions. */
    public int sessions() {
        return engine.sessions();
    }

    /** As {@link EngineServer#onOutOfMemory}. */
    public void onOutOfMemory(Consumer<OutOfMemoryError> listener) {
        engine.onOutOfMemory(listener);
    }

    /**
     * Starts to accept connections. If that fails, it leaves nothing behind, and may be called again.
     *
     * @return the address where it listens
     * @throws IllegalArgumentException if the host is unknown, or not one of this machine's addresses
     * @throws UncheckedIOException if it cannot listen there; the port is taken, most often
     * @throws IllegalStateException if it has been started or stopped before, or the system lacks the resources for event
     *     loops
     */
    public InetSocketAddress start() {
        protocol.warmUp();
        return engine.start();
    }

    /**
     * Stops accepting connections; existing ones stay.
     *
     * @throws IllegalStateException if it has not been started
     */
    public void stopAccepting() {
        engine.stopAccepting();
    }

    /** As {@link EngineServer#drain}. */
    public void drain(Duration duration) {
        engine.drain(duration);
    }

    /**
     * Closes all clients, in a way that makes them come back by themselves, and stops for good. It takes 4 s after the grace at
     * most, even if clients and listeners hang. It does nothing if the server is not running.
     *
     * @param grace how long clients may take to read the messages that have been sent
     */
    public void stop(Duration grace) {
        engine.stop(grace);
    }
}
