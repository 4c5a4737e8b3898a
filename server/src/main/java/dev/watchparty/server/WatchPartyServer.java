package dev.watchparty.server;

import static com.google.common.base.Throwables.throwIfUnchecked;
import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIONamespace;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.matcher.Matchers;
import com.google.inject.spi.ProvisionListener;
import com.typesafe.config.Config;
import dev.watchparty.server.config.ConfigLoader;
import dev.watchparty.server.config.ConfigurationException;
import dev.watchparty.server.config.WatchPartyConfig;
import dev.watchparty.server.handlers.EventHandler;
import dev.watchparty.server.handlers.RoomAdmission;
import dev.watchparty.server.lifecycle.ManagedPart;
import dev.watchparty.server.logging.Logging;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.StoreUnavailableException;
import dev.watchparty.server.socketio.SocketIoServer;
import io.netty.util.Version;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server.
 *
 * <p><b>Lifecycle.</b> {@link #start(Config)} and {@link #builder} start a server; {@link #close} ends it permanently.
 * Several servers may run in one process, each on its own port. A start that fails leaves no thread and no open file
 * behind.
 *
 * <p><b>Threads.</b> Their names begin with {@code watchparty-}: an acceptor and event loops, which keep the process
 * alive until {@link #close}, and a timer and the saver of sessions, which do not. All methods may be called on any
 * thread except these. Listeners and checks that you add are called on event loops, and must not block.
 *
 * <p><b>Guarantees.</b> The server reads no variable and no system property for its settings, and leaves logging to the
 * program that contains it. It accepts connections when {@code start} returns, and none after {@link #close} was
 * called.
 */
public final class WatchPartyServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatchPartyServer.class);

    private static final int EXIT_WRONG_SETTING = 2;
    private static final int EXIT_CANNOT_START = 1;
    private static final int EXIT_OUT_OF_MEMORY = 3; // as with -XX:+ExitOnOutOfMemoryError

    private final WatchPartyConfig config;
    private final SocketIoServer transport;
    private final List<ManagedPart> parts;
    private final ServerReadiness readiness;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile InetSocketAddress address;

    @Inject
    WatchPartyServer(
            WatchPartyConfig config,
            SocketIoServer transport,
            SessionStore store,
            Set<SessionListener> listeners,
            Set<ManagedPart> parts,
            RoomAdmission admission,
            Set<EventHandler> handlers,
            ServerReadiness readiness,
            ScheduledExecutorService timer) {
        this.config = requireNonNull(config, "config is null");
        this.transport = requireNonNull(transport, "transport is null");
        this.parts = List.copyOf(parts);
        this.readiness = requireNonNull(readiness, "readiness is null");
        this.timer = requireNonNull(timer, "timer is null");
        listeners.forEach(store::subscribe);
        transport.admission(ServerModule.NAMESPACE, admission);
        SocketIONamespace namespace = transport.namespace(ServerModule.NAMESPACE);
        handlers.forEach(handler -> handler.register(namespace));
    }

    /** Runs until the process is told to stop: SIGTERM or SIGINT end it with 0. */
    static void runProcess() {
        ConfigLoader loader = new ConfigLoader();
        try {
            WatchPartyServer server = builder().settings(loader.load()).build();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopProcess(server), "watchparty-shutdown"));
            server.onOutOfMemory(WatchPartyServer::endProcess);
            server.open();
        } catch (ConfigurationException e) {
            Logging.stop();
            System.err.println(loader.explained(e));
            System.exit(EXIT_WRONG_SETTING);
        } catch (StartException e) {
            log.error("the server could not start: {}", e.getMessage());
            Logging.stop();
            System.exit(EXIT_CANNOT_START);
        } catch (OutOfMemoryError e) {
            endProcess(e);
        } catch (RuntimeException | Error e) {
            log.error("the server could not start", e);
            Logging.stop();
            System.exit(EXIT_CANNOT_START);
        }
    }

    /**
     * Ends the process at once, because an ordinary end may need memory too. The sessions remain as they were last
     * saved.
     */
    private static void endProcess(OutOfMemoryError error) {
        try {
            System.err.println("Terminating due to " + error);
        } finally {
            Runtime.getRuntime().halt(EXIT_OUT_OF_MEMORY);
        }
    }

    private static void stopProcess(WatchPartyServer server) {
        if (server.address == null) {
            return; // it could not start, and the exit status says so
        }
        server.close();
        Logging.stop();
        // A JVM that a signal ends exits with 128 and the signal's number, however well it was stopped.
        Runtime.getRuntime().halt(0);
    }

    /** Builds a server with parts of your own. */
    public static WatchPartyServerBuilder builder() {
        return new WatchPartyServerBuilder();
    }

    /**
     * Starts a server with these settings and all parts of our own, as {@link WatchPartyServerBuilder#start} does.
     *
     * @param settings as in {@link WatchPartyServerBuilder#settings(Config)}
     */
    public static WatchPartyServer start(Config settings) {
        return builder().settings(settings).start();
    }

    /** A program that manages versions may have replaced the Netty that the library asks for by an older one. */
    static void requireNetty() {
        try {
            Class.forName("io.netty.channel.IoHandler", false, WatchPartyServer.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            Version found =
                    Version.identify(WatchPartyServer.class.getClassLoader()).get("netty-transport");
            throw new StartException(
                    "Netty %s is on the class path (expected: 4.2 or newer; under Spring Boot 3 set the property netty.version)"
                            .formatted(found == null ? "of an unknown version" : found.artifactVersion()),
                    e);
        }
    }

    /** @param transports called before the server accepts connections */
    static WatchPartyServer create(Module module, List<Consumer<SocketIoServer>> transports) {
        WatchPartyServer server;
        CreatedParts created = new CreatedParts();
        try {
            // Not PRODUCTION, which creates each part separately, and so reports a fault of a part once for each of its
            // uses.
            server = Guice.createInjector(
                            Stage.DEVELOPMENT, module, binder -> binder.bindListener(Matchers.any(), created))
                    .getInstance(WatchPartyServer.class);
        } catch (RuntimeException | Error e) {
            closeAll(created.parts);
            created.parts.forEach(WatchPartyServer::release);
            throw explained(e);
        }
        transports.forEach(configurer -> configurer.accept(server.transport));
        return server;
    }

    /** The parts that have been created, in case that another one cannot be. */
    private static final class CreatedParts implements ProvisionListener {
        private final List<ManagedPart> parts = new ArrayList<>();

        @Override
        public <T> void onProvision(ProvisionInvocation<T> provision) {
            if (provision.provision() instanceof ManagedPart part) {
                parts.add(part);
            }
        }
    }

    void open() {
        try {
            address = transport.start();
            parts.forEach(ManagedPart::start);
        } catch (RuntimeException | Error e) {
            closeAll(parts);
            transport.stop(Duration.ZERO);
            parts.forEach(WatchPartyServer::release);
            timer.shutdownNow();
            throw explained(e);
        }
        readiness.opened();
        log.atInfo().addKeyValue("port", address.getPort()).log("listening");
    }

    /**
     * Explains a failure in one sentence, where one is enough. A part may notice only while it uses its settings that
     * they are wrong.
     */
    private static RuntimeException explained(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ProvisionException || cause instanceof CreationException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof IllegalArgumentException) {
            return new ConfigurationException("watchparty.server." + cause.getMessage(), cause);
        }
        if (cause instanceof UncheckedIOException
                || cause instanceof IllegalStateException
                || cause instanceof StoreUnavailableException) {
            return new StartException(cause.getMessage(), cause);
        }
        throwIfUnchecked(cause);
        return new StartException("the server could not start: " + cause, cause);
    }

    /** The port on which the server listens. */
    public int port() {
        return address.getPort();
    }

    /** The number of connected clients. */
    public int clients() {
        return transport.sessions();
    }

    /**
     * Sets the reaction to a lack of memory from which the server cannot recover: a full heap, or a thread that cannot
     * be started. By default, the server closes all clients and accepts no more connections; the process continues. The
     * listener is called on the thread that met the error, perhaps several times, and must not need much memory.
     */
    public void onOutOfMemory(Consumer<OutOfMemoryError> listener) {
        transport.onOutOfMemory(listener);
    }

    /**
     * Moves the clients away for {@code watchparty.server.drain}, stops accepting connections, disconnects the other
     * clients, and frees everything. All clients come back by themselves. It takes {@code watchparty.server.drain}, {@code
     * watchparty.server.shutdown-grace} and 4 s at most; an interrupt of the calling thread shortens this. It does nothing
     * if the server has been closed.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        readiness.closing();
        drain(config.stop().drain());
        log.atInfo().addKeyValue("clients", clients()).log("stopping");
        closeAll(parts);
        transport.stop(config.stop().shutdownGrace());
        parts.forEach(WatchPartyServer::release);
        timer.shutdownNow();
    }

    private static void release(ManagedPart part) {
        try {
            part.release();
        } catch (RuntimeException e) {
            log.error("a part of the server could not end", e);
        }
    }

    private void drain(Duration duration) {
        if (!duration.isZero()) {
            log.atInfo()
                    .addKeyValue("clients", clients())
                    .addKeyValue("seconds", duration.toSeconds())
                    .log("moving the clients away");
            transport.drain(duration);
        }
    }

    private static void closeAll(Collection<ManagedPart> parts) {
        for (ManagedPart part : parts) {
            try {
                part.close();
            } catch (RuntimeException e) {
                log.error("a part of the server could not end", e);
            }
        }
    }
}
