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
import dev.watchparty.server.handlers.SocketRegistrar;
import dev.watchparty.server.http.PagesConfig;
import dev.watchparty.server.http.PagesHandler;
import dev.watchparty.server.http.Readiness;
import dev.watchparty.server.limits.RateLimits;
import dev.watchparty.server.recovery.Archive;
import dev.watchparty.server.recovery.RecoveryConfig;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.InMemorySessionStore;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SavedSessions;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.SocketIdentities;
import dev.watchparty.server.socketio.SocketIoServer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;

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
        bind(InMemorySessionStore.Limits.class).toInstance(config.rooms());
        bind(InstantSource.class).toInstance(InstantSource.system());
        bind(Fixes.class).toInstance(config.sessionFixes());
        bind(NamingFix.class).toInstance(config.namingFix());
        bind(PagesConfig.class).toInstance(config.pages());
        bind(Readiness.class).to(ServerReadiness.class);
        bind(RecoveryConfig.class).toInstance(config.recovery());
        bind(SocketIdentities.class).to(SocketRegistrar.class);
        bind(ScheduledExecutorService.class).toInstance(timer);
        bind(ServerClock.class).toInstance(ServerClock.anchored());
        bind(SessionStore.class).to(InMemorySessionStore.class);
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
    SocketIoServer transport(RateLimits limits, SocketIdentities identities, PagesHandler pages) {
        return new SocketIoServer(config.transport(), limits, identities, pages);
    }

    @Provides
    @Singleton
    Archive archive(ServerClock clock) {
        return new Archive(config.recovery(), new SecureRandom(), clock);
    }

    @Provides
    @Singleton
    Archive.Contents archived(Archive archive) {
        return archive.load();
    }

    @Provides
    SavedSessions savedSessions(Archive.Contents archived) {
        return archived.sessions();
    }

    @Provides
    Supplier<Map<RoomId, SavedSessions.Saved>> sessions(InMemorySessionStore store) {
        return store::toSave;
    }

    @Provides
    Broadcasts broadcasts(SocketIoServer transport) {
        return transport.broadcasts(NAMESPACE);
    }
}
