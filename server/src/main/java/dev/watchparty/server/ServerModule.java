package dev.watchparty.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.watchparty.server.broadcast.BroadcastFixes;
import dev.watchparty.server.broadcast.Broadcaster;
import dev.watchparty.server.broadcast.Heartbeat;
import dev.watchparty.server.broadcast.HeartbeatInterval;
import dev.watchparty.server.config.WatchPartyConfig;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.handlers.HandlersModule;
import dev.watchparty.server.handlers.NamingFix;
import dev.watchparty.server.http.PagesConfig;
import dev.watchparty.server.http.PagesHandler;
import dev.watchparty.server.http.Readiness;
import dev.watchparty.server.identity.IdentityConfig;
import dev.watchparty.server.identity.LeaveGrace;
import dev.watchparty.server.identity.RecoveryConfig;
import dev.watchparty.server.identity.SharedSecret;
import dev.watchparty.server.identity.TicketSecret;
import dev.watchparty.server.identity.TicketSecretFile;
import dev.watchparty.server.lifecycle.ManagedPart;
import dev.watchparty.server.limits.AttemptLimit;
import dev.watchparty.server.limits.LimitsConfig;
import dev.watchparty.server.limits.RateLimits;
import dev.watchparty.server.limits.SharedLimits;
import dev.watchparty.server.session.DefaultRoom;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.memory.SessionFile;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.SocketIoServer;
import dev.watchparty.server.telemetry.SessionLog;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** The parts of the server, except its store and the clock, which a store brings. */
final class ServerModule extends AbstractModule {
    /** The namespace that the clients use. */
    static final String NAMESPACE = "/";

    private final WatchPartyConfig config;
    private final ScheduledExecutorService timer;

    /** @param timer its owner shuts it down */
    ServerModule(WatchPartyConfig config, ScheduledExecutorService timer) {
        this.config = config;
        this.timer = timer;
    }

    @Override
    protected void configure() {
        bind(BroadcastFixes.class).toInstance(config.broadcastFixes());
        bind(DefaultRoom.class).toInstance(config.defaultRoom());
        bind(Fixes.class).toInstance(config.sessionFixes());
        bind(IdentityConfig.class).toInstance(config.identity());
        bind(HeartbeatInterval.class).toInstance(config.heartbeat());
        bind(InstantSource.class).toInstance(InstantSource.system());
        bind(LimitsConfig.class).toInstance(config.limits());
        bind(NamingFix.class).toInstance(config.namingFix());
        bind(PagesConfig.class).toInstance(config.pages());
        bind(Readiness.class).to(ServerReadiness.class);
        bind(RecoveryConfig.class).toInstance(config.recovery());
        bind(RecoveryWindow.class).toInstance(config.recovery().window());
        bind(RandomGenerator.class).toInstance(new SecureRandom());
        bind(RoomLimits.class).toInstance(config.rooms());
        bind(ScheduledExecutorService.class).toInstance(timer);
        bind(WatchPartyConfig.class).toInstance(config);
        OptionalBinder.newOptionalBinder(binder(), SessionFile.Contents.class);
        OptionalBinder.newOptionalBinder(binder(), SharedLimits.class)
                .setDefault()
                .toInstance(SharedLimits.NONE);
        OptionalBinder.newOptionalBinder(binder(), SharedSecret.class);
        install(new HandlersModule());

        Multibinder<SessionListener> listeners = Multibinder.newSetBinder(binder(), SessionListener.class);
        listeners.addBinding().to(Broadcaster.class);
        listeners.addBinding().to(LeaveGrace.class);
        listeners.addBinding().to(SessionLog.class);

        Multibinder<ManagedPart> parts = Multibinder.newSetBinder(binder(), ManagedPart.class);
        parts.addBinding().to(Heartbeat.class);
        parts.addBinding().to(TicketSecretFile.class);
    }

    @Provides
    @Singleton
    RateLimits limits(SharedLimits shared) {
        return new RateLimits(config.limits(), shared);
    }

    @Provides
    @Singleton
    AttemptLimit<AddressKey> roomCreationLimit(SharedLimits shared) {
        return AttemptLimit.of(
                config.limits(),
                config.roomCreation(),
                (address, count) -> shared.count("room-creation", address, config.roomCreation(), count),
                TimeMeter.SYSTEM_NANOTIME);
    }

    @Provides
    @Singleton
    SocketIoServer transport(RateLimits limits, PagesHandler pages) {
        return new SocketIoServer(config.transport(), limits, pages);
    }

    @Provides
    @Singleton
    TicketSecretFile secretFile() {
        return new TicketSecretFile(config.recovery(), config.sessionFile(), new SecureRandom());
    }

    /**
     * @param saved empty with a store that keeps no session file
     * @param shared empty with a store of one node
     */
    @Provides
    @Singleton
    TicketSecret secret(TicketSecretFile file, Optional<SessionFile.Contents> saved, Optional<SharedSecret> shared) {
        return shared.map(store -> TicketSecret.shared(config.recovery(), store, new SecureRandom()))
                .orElseGet(() -> file.load(saved.flatMap(SessionFile.Contents::secret)));
    }

    @Provides
    Broadcasts broadcasts(SocketIoServer transport) {
        return transport.broadcasts(NAMESPACE);
    }
}
