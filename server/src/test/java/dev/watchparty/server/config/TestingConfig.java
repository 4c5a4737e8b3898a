package dev.watchparty.server.config;

import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.util.Map;
import java.util.Properties;

/** Settings without a process around them. */
public final class TestingConfig {
    private TestingConfig() {}

    /** The packaged defaults, whatever this process's properties and environment say. */
    public static WatchPartyConfig defaults() {
        return load("");
    }

    static WatchPartyConfig load(String overrides) {
        return new ConfigLoader(new Properties(), Map.of(), new File("no-such-directory"))
                .load(ConfigFactory.parseString(overrides));
    }
}
