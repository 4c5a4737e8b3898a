package dev.watchparty.server.config;

import com.typesafe.config.ConfigFactory;

/** Settings without a process around them. */
public final class TestingConfig {
    private TestingConfig() {}

    /** The packaged defaults, whatever this process's properties and environment hold. */
    public static WatchPartyConfig defaults() {
        return load("");
    }

    static WatchPartyConfig load(String overrides) {
        return ConfigLoader.of(ConfigFactory.parseString(overrides));
    }
}
