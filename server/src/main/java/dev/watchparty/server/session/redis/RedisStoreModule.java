package dev.watchparty.server.session.redis;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.watchparty.server.identity.SharedSecret;
import dev.watchparty.server.lifecycle.ManagedPart;
import dev.watchparty.server.limits.SharedLimits;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionStore;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.concurrent.ScheduledExecutorService;
import org.apiguardian.api.API;

/** The store on Redis. */
@API(status = API.Status.INTERNAL)
public final class RedisStoreModule extends AbstractModule {
    private final RedisConfig config;

    public RedisStoreModule(RedisConfig config) {
        this.config = requireNonNull(config, "config is null");
    }

    @Override
    protected void configure() {
        bind(RedisConfig.class).toInstance(config);
        bind(Pace.class).toInstance(Pace.DEFAULT);
        bind(PresenceStore.class).to(RedisStore.class);
        bind(SessionStore.class).to(RedisStore.class);
        bind(ServerClock.class).to(RedisClock.class);
        bind(NodeId.class).toInstance(NodeId.random(new SecureRandom()));
        OptionalBinder.newOptionalBinder(binder(), SharedSecret.class)
                .setBinding()
                .to(RedisSecret.class);
        OptionalBinder.newOptionalBinder(binder(), SharedLimits.class)
                .setBinding()
                .to(RedisLimits.class);
        Multibinder.newSetBinder(binder(), ManagedPart.class).addBinding().to(RedisStore.class);
        Multibinder.newSetBinder(binder(), ManagedPart.class).addBinding().to(RedisLink.class);
    }

    @Provides
    @Singleton
    RedisLink link(NodeId node, RedisClock clock, ScheduledExecutorService timer) {
        return RedisLink.open(config, node, clock, timer);
    }

    @Provides
    @Singleton
    RedisClock clock() {
        return new RedisClock(System::nanoTime, System.currentTimeMillis());
    }
}
