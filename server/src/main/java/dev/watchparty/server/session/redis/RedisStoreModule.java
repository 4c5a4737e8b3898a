package dev.watchparty.server.session.redis;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
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
    }
}
