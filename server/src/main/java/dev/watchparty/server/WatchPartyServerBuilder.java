package dev.watchparty.server;

import static java.util.Objects.requireNonNull;

import com.google.inject.Binder;
import com.google.inject.Module;
import com.google.inject.Scopes;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Modules;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.server.config.ConfigLoader;
import dev.watchparty.server.config.ConfigurationException;
import dev.watchparty.server.config.WatchPartyConfig;
import dev.watchparty.server.handlers.AdmissionCheck;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.memory.MemoryStoreModule;
import dev.watchparty.server.session.redis.RedisStoreModule;
import dev.watchparty.server.socketio.SocketIoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Lets a program add to a server before it starts, or replace parts of it. Each method is optional. A builder starts
 * any number of servers, one after the other. It is for one thread at a time.
 */
public final class WatchPartyServerBuilder {
    private final List<SessionListener> listeners = new ArrayList<>();
    private final List<Consumer<SocketIoServer>> transports = new ArrayList<>();
    private final List<Module> overrides = new ArrayList<>();
    private Config settings = ConfigFactory.empty();
    private WatchPartyConfig config; // null if the settings decide
    private AdmissionCheck admissionCheck = AdmissionCheck.EVERYBODY;
    private Module store; // null if the settings decide

    WatchPartyServerBuilder() {}

    /**
     * Sets settings that override the defaults, with the keys of {@code application.conf}: {@code
     * watchparty.server.port = 0}. Keys that are not below {@code watchparty} are ignored.
     */
    public WatchPartyServerBuilder settings(Config changed) {
        settings = requireNonNull(changed, "settings are null");
        config = null;
        return this;
    }

    /** Sets finished settings, which replace all others. */
    public WatchPartyServerBuilder settings(WatchPartyConfig finished) {
        config = requireNonNull(finished, "settings are null");
        return this;
    }

    /**
     * Adds a listener that receives all events of the rooms: for metrics or an audit. It is called
     * on event loops with the room locked, so it must neither block nor call the store.
     */
    public WatchPartyServerBuilder listener(SessionListener listener) {
        listeners.add(requireNonNull(listener, "listener is null"));
        return this;
    }

    /** Sets the check that decides which clients may enter which rooms; by default all clients may enter all rooms. */
    public WatchPartyServerBuilder admissionCheck(AdmissionCheck check) {
        admissionCheck = requireNonNull(check, "check is null");
        return this;
    }

    /**
     * Replaces the store that the settings choose by another one. The server creates one instance by its injectable
     * constructor, which may ask for {@code Fixes}, {@code RoomLimits}, {@code RecoveryWindow}, {@code ServerClock}, a
     * {@link ScheduledExecutorService} for timers, and everything that {@linkplain #override overrides} bind.
     */
    public <S extends SessionStore & PresenceStore> WatchPartyServerBuilder store(Class<S> type) {
        requireNonNull(type, "type is null");
        store = binder -> {
            binder.bind(type).in(Scopes.SINGLETON);
            binder.bind(SessionStore.class).to(type);
            binder.bind(PresenceStore.class).to(type);
            binder.bind(ServerClock.class).toInstance(ServerClock.anchored());
        };
        return this;
    }

    /**
     * Gives access to the transport before it accepts connections: for namespaces beside the server's own {@code /},
     * and their admissions.
     *
     * @param configurer must not start or stop the transport
     */
    public WatchPartyServerBuilder transport(Consumer<SocketIoServer> configurer) {
        transports.add(requireNonNull(configurer, "configurer is null"));
        return this;
    }

    /**
     * Adds bindings of Guice that replace those of the server, or add to them. Everything can be replaced this way;
     * classes that are marked as internal may change in any version.
     */
    public WatchPartyServerBuilder override(Module bindings) {
        overrides.add(requireNonNull(bindings, "bindings are null"));
        return this;
    }

    /**
     * Starts a server, which accepts connections when this method returns.
     *
     * @throws ConfigurationException if a setting is wrong, such as a host or a certificate that cannot be used
     * @throws StartException if the server cannot start for another reason; most often the port is taken
     */
    public WatchPartyServer start() {
        WatchPartyServer.requireNetty();
        WatchPartyServer server = build();
        server.open();
        return server;
    }

    WatchPartyServer build() {
        WatchPartyConfig finished = config != null ? config : ConfigLoader.of(settings);
        ScheduledExecutorService timer = new ServerTimer();
        try {
            return WatchPartyServer.create(module(finished, timer), transports);
        } catch (RuntimeException | Error e) {
            timer.shutdownNow();
            throw e;
        }
    }

    Module module(WatchPartyConfig finished, ScheduledExecutorService timer) {
        Module server = Modules.combine(
                new ServerModule(finished, timer), store != null ? store : storeOf(finished), this::bindAdditions);
        return Modules.override(server).with(overrides);
    }

    private static Module storeOf(WatchPartyConfig config) {
        return config.redis()
                .<Module>map(RedisStoreModule::new)
                .orElseGet(() -> new MemoryStoreModule(config.sessionFile()));
    }

    private void bindAdditions(Binder binder) {
        binder.bind(AdmissionCheck.class).toInstance(admissionCheck);
        Multibinder<SessionListener> additional = Multibinder.newSetBinder(binder, SessionListener.class);
        listeners.forEach(listener -> additional.addBinding().toInstance(listener));
    }
}
