package dev.watchparty.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.watchparty.server.broadcast.BroadcastFixes;
import dev.watchparty.server.broadcast.HeartbeatInterval;
import dev.watchparty.server.config.WatchPartyConfig;
import dev.watchparty.server.eventloop.OutOfMemory;
import dev.watchparty.server.handlers.HandlersModule;
import dev.watchparty.server.handlers.NamingFix;
import dev.watchparty.server.http.PagesConfig;
import dev.watchparty.server.http.PagesHandler;
import dev.watchparty.server.http.Readiness;
import dev.watchparty.server.identity.RecoveryConfig;
import dev.watchparty.server.identity.TicketSecret;
import dev.watchparty.server.identity.TicketSecretFile;
import dev.watchparty.server.limits.RateLimits;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.memory.MemoryStore;
import dev.watchparty.server.session.memory.SavedSessions;
import dev.watchparty.server.session.memory.SessionFile;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.SocketIoServer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** What the server is made of. */
final class ServerModule extends AbstractModule {
    /** The namespace that the clients talk in. */
    static final String NAMESPACE = "/";

    private final WatchPartyConfig config;
    private final ScheduledExecutorService timer;

    /** @param timer whoever made it shuts it down */
    ServerModule(WatchPartyConfig config, ScheduledExecutorService timer) {
        this.config = config;
        this.timer = timer;
    }

    /** The thread of all that happens at its time. */
    static ScheduledExecutorService newTimer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, task -> {
                    Thread thread = new Thread(task, "watchparty-timer");
                    thread.setDaemon(true);
                    return thread;
                }) {
                    @Override
                    protected void afterExecute(Runnable task, Throwable thrown) {
                        OutOfMemory.report(
                                task instanceof Future<?> future && future.isDone() ? failureOf(future) : thrown);
                    }
                };
        timer.setRemoveOnCancelPolicy(true);
        timer.prestartAllCoreThreads();
        return timer;
    }

    /** Null if it has not failed. */
    private static Throwable failureOf(Future<?> done) {
        try {
            done.get();
            return null;
        } catch (ExecutionException | CancellationException | InterruptedException e) {
            return e;
        }
    }

    @Override
    protected void configure() {
        bind(BroadcastFixes.class).toInstance(config.broadcastFixes());
        bind(HeartbeatInterval.class).toInstance(config.heartbeat());
        bind(InstantSource.class).toInstance(InstantSource.system());
        bind(Fixes.class).toInstance(config.sessionFixes());
        bind(NamingFix.class).toInstance(config.namingFix());
        bind(PagesConfig.class).toInstance(config.pages());
        bind(Readiness.class).to(ServerReadiness.class);
        bind(PresenceStore.class).to(MemoryStore.class);
        bind(RecoveryConfig.class).toInstance(config.recovery());
        bind(RecoveryWindow.class).toInstance(config.recoveryWindow());
        bind(RoomLimits.class).toInstance(config.rooms());
        bind(ScheduledExecutorService.class).toInstance(timer);
        bind(ServerClock.class).toInstance(ServerClock.anchored());
        bind(SessionStore.class).to(MemoryStore.class);
        bind(WatchPartyConfig.class).toInstance(config);
        install(new HandlersModule());
    }

    @Provides
    @Singleton
    RateLimits limits() {
        return new RateLimits(config.limits());
    }

    @Provides
    @Singleton
    SocketIoServer transport(RateLimits limits, PagesHandler pages) {
        return new SocketIoServer(config.transport(), limits, pages);
    }

    @Provides
    @Singleton
    SessionFile sessionFile(ServerClock clock) {
        return new SessionFile(config.sessionFile(), config.recovery().window(), clock);
    }

    @Provides
    @Singleton
    SessionFile.Contents saved(SessionFile file) {
        return file.load();
    }

    @Provides
    SavedSessions savedSessions(SessionFile.Contents saved) {
        return saved.sessions();
    }

    @Provides
    @Singleton
    TicketSecretFile secretFile() {
        return new TicketSecretFile(config.recovery(), config.sessionFile(), new SecureRandom());
    }

    @Provides
    @Singleton
    TicketSecret secret(TicketSecretFile file, SessionFile.Contents saved) {
        return file.load(saved.secret());
    }

    @Provides
    Broadcasts broadcasts(SocketIoServer transport) {
        return transport.broadcasts(NAMESPACE);
    }
}
