package dev.watchparty.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Finds the settings. Each source overrides those below it:
 *
 * <ol>
 *   <li>system properties: {@code -Dwatchparty.limits.enabled=false}
 *   <li>the environment: {@code PORT}, or {@code WATCHPARTY_} and the key in capitals with {@code _} for {@code .} and
 *       {@code -}: {@code WATCHPARTY_LIMITS_ENABLED=false}
 *   <li>the file that {@code -Dconfig.file} names, or else {@code application.conf} in the working directory
 *   <li>the packaged {@code application.conf}, which holds the default of every key
 * </ol>
 */
public final class ConfigLoader {
    /** Only what is below this is ours to check. */
    static final String ROOT = "watchparty";

    /** Read by the logging itself, which starts before all else. */
    private static final String LOGGING = ROOT + ".log.";

    private static final String DEFAULTS = "dev/watchparty/server/config/application.conf";
    private static final String FILE = "application.conf";
    private static final String FILE_PROPERTY = "config.file";
    private static final String PORT_VARIABLE = "PORT";
    private static final String PORT_PATH = ROOT + ".server.port";

    /** Keys that there were, below {@value #ROOT}, and what to use instead. */
    private static final Map<String, String> FORMER_KEYS = Map.of(
            "server.path", "server.base-path, which is for the page and Socket.IO alike: /party for /party/socket.io");

    private final Properties properties;
    private final Map<String, String> environment;
    private final File workingDirectory;

    /** A loader that reads the process's own properties and environment. */
    public ConfigLoader() {
        this(System.getProperties(), System.getenv(), new File("").getAbsoluteFile());
    }

    ConfigLoader(Properties properties, Map<String, String> environment, File workingDirectory) {
        this.properties = properties;
        this.environment = environment;
        this.workingDirectory = workingDirectory;
    }

    /**
     * Reads and checks all settings.
     *
     * @param overrides stand above all other sources
     * @throws ConfigurationException if one is wrong, or unknown
     */
    public WatchPartyConfig load(Config overrides) {
        try {
            Config defaults = ConfigFactory.parseResources(
                    ConfigLoader.class.getClassLoader(),
                    DEFAULTS,
                    ConfigParseOptions.defaults().setAllowMissing(false));
            Config merged = overrides
                    .withFallback(systemProperties())
                    .withFallback(environment(defaults))
                    .withFallback(file())
                    .withFallback(defaults)
                    .resolve();
            requireKnownKeys(merged, defaults.resolve());
            return SettingsReader.read(new Section(merged.getConfig(ROOT), ROOT));
        } catch (ConfigException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
    }

    private Config systemProperties() {
        Properties ours = new Properties();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(ROOT + ".") && !name.startsWith(LOGGING))
                .forEach(name -> ours.setProperty(name, properties.getProperty(name)));
        return ConfigFactory.parseProperties(ours);
    }

    private Config environment(Config defaults) {
        Config found = ConfigFactory.empty();
        if (environment.containsKey(PORT_VARIABLE)) {
            found = found.withValue(PORT_PATH, value(PORT_VARIABLE));
        }
        FORMER_KEYS.forEach((key, instead) -> {
            if (environment.containsKey(variable(key))) {
                throw new ConfigurationException("environment variable %s: no such setting any more (expected: %s)"
                        .formatted(variable(key), instead));
            }
        });
        for (var entry : defaults.getConfig(ROOT).entrySet()) {
            String variable = variable(entry.getKey());
            if (environment.containsKey(variable)) {
                found = found.withValue(ROOT + "." + entry.getKey(), value(variable));
            }
        }
        return found;
    }

    private ConfigValue value(String variable) {
        return ConfigValueFactory.fromAnyRef(environment.get(variable), "environment variable " + variable);
    }

    /** The variable that sets a key below {@value #ROOT}. */
    static String variable(String path) {
        return (ROOT + "." + path).toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private Config file() {
        Optional<String> named = Optional.ofNullable(properties.getProperty(FILE_PROPERTY));
        File file = named.map(File::new).orElseGet(() -> new File(workingDirectory, FILE));
        return ConfigFactory.parseFile(file, ConfigParseOptions.defaults().setAllowMissing(named.isEmpty()));
    }

    private static void requireKnownKeys(Config merged, Config defaults) {
        for (var entry : merged.getConfig(ROOT).entrySet()) {
            if (!defaults.hasPathOrNull(ROOT + "." + entry.getKey())) {
                String instead = FORMER_KEYS.get(entry.getKey());
                throw new ConfigurationException("%s.%s: no such key (%s)%s"
                        .formatted(
                                ROOT,
                                entry.getKey(),
                                entry.getValue().origin().description(),
                                instead == null ? "" : "; expected: " + instead));
            }
        }
    }
}
