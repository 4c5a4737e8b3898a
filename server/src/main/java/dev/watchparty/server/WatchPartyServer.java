package dev.watchparty.server;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIONamespace;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.server.broadcast.Broadcaster;
import dev.watchparty.server.broadcast.Heartbeat;
import dev.watchparty.server.config.ConfigLoader;
import dev.watchparty.server.config.ConfigurationException;
import dev.watchparty.server.config.WatchPartyConfig;
import dev.watchparty.server.handlers.EventHandler;
import dev.watchparty.server.logging.Logging;
import dev.watchparty.server.recovery.Archivist;
import dev.watchparty.server.recovery.Comebacks;
import dev.watchparty.server.recovery.Departures;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.socketio.SocketIoServer;
import dev.watchparty.server.telemetry.SessionLog;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server. */
public final class WatchPartyServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatchPartyServer.class);

    private static final int EXIT_WRONG_SETTING = 2;
    private static final int EXIT_CANNOT_START = 1;
    private static final int EXIT_OUT_OF_MEMORY = 3; // as of -XX:+ExitOnOutOfMemoryError

    private final WatchPartyConfig config;
    private final SocketIoServer transport;
    private final Heartbeat heartbeat;
    private final Archivist archivist;
    private final ServerReadiness readiness;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile InetSocketAddress address;

    @Inject
    WatchPartyServer(
            WatchPartyConfig config,
            SocketIoServer transport,
            SessionStore store,
            Broadcaster broadcaster,
            Comebacks comebacks,
            Departures departures,
            Archivist archivist,
            SessionLog sessionLog,
            Set<EventHandler> handlers,
            Heartbeat heartbeat,
            ServerReadiness readiness,
            ScheduledExecutorService timer) {
        this.config = requireNonNull(config, "config is null");
        this.transport = requireNonNull(transport, "transport is null");
        this.heartbeat = requireNonNull(heartbeat, "heartbeat is null");
        this.readiness = requireNonNull(readiness, "readiness is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.archivist = requireNonNull(archivist, "archivist is null");
        List.of(broadcaster, comebacks, departures, archivist, sessionLog).forEach(store::subscribe);
        SocketIONamespace namespace = transport.namespace(ServerModule.NAMESPACE);
        handlers.forEach(handler -> handler.register(namespace));
    }

    /** Runs until the process is told to stop: SIGTERM or SIGINT end it with 0. */
    public static void main(String[] args) {
        try {
            WatchPartyServer server = create(new ConfigLoader().load(ConfigFactory.empty()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopProcess(server), "watchparty-shutdown"));
            server.onOutOfMemory(WatchPartyServer::endProcess);
            server.open();
        } catch (ConfigurationException e) {
            Logging.stop();
            System.err.println(e.getMessage());
            System.exit(EXIT_WRONG_SETTING);
        } catch (UncheckedIOException | IllegalStateException e) {
            // The port is taken, or a part of the machine or of the build is missing: a sentence says it all.
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

    /** At once: what runs at an ordinary end may need memory too. The sessions are as they were last archived. */
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

    /**
     * Starts a server.
     *
     * @param overrides settings that stand above all other sources of them
     * @throws ConfigurationException if a setting is wrong
     */
    public static WatchPartyServer start(Config overrides) {
        WatchPartyConfig config = new ConfigLoader().load(overrides);
        WatchPartyServer server = create(config);
        server.open();
        return server;
    }

    private static WatchPartyServer create(WatchPartyConfig config) {
        try {
            return Guice.createInjector(Stage.PRODUCTION, new ServerModule(config))
                    .getInstance(WatchPartyServer.class);
        } catch (CreationException | ProvisionException e) {
            // What a part finds wrong with its settings only when it uses them: a certificate, the host.
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw new ConfigurationException("watchparty.server: " + wrong.getMessage(), e);
            }
            throw e;
        }
    }

    private void open() {
        try {
            address = transport.start();
        } catch (RuntimeException e) {
            timer.shutdownNow();
            throw e;
        }
        heartbeat.start();
        archivist.start();
        readiness.opened();
        log.atInfo().addKeyValue("port", address.getPort()).log("listening");
    }

    /** The port that it listens on. */
    public int port() {
        return address.getPort();
    }

    /** How many clients are connected. */
    public int clients() {
        return transport.sessions();
    }

    /**
     * Says what is done when memory is exhausted in a way that nobody can go on from: a full heap, a thread that cannot be
     * started. By default all clients are closed, and no connection is taken any more; the process goes on. The listener is
     * called on the thread that met the error, perhaps several times, and must not need much memory.
     */
    public void onOutOfMemory(Consumer<OutOfMemoryError> listener) {
        transport.onOutOfMemory(listener);
    }

    /** Stops accepting, sends the clients away so that they come back by themselves, and frees everything. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        log.atInfo().addKeyValue("clients", clients()).log("stopping");
        readiness.closing();
        archivist.close();
        transport.stop(config.shutdownGrace());
        timer.shutdownNow();
    }
}
