package dev.watchparty.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the settings of a process. Each source overrides those below it:
 *
 * <ol>
 *   <li>system properties: {@code -Dwatchparty.limits.enabled=false}
 *   <li>the environment: {@code PORT}, or {@code WATCHPARTY_} and the key in capitals with {@code _} for {@code .} and
 *       {@code -}: {@code WATCHPARTY_LIMITS_ENABLED=false}; an empty variable counts as not set
 *   <li>the file that {@code -Dconfig.file} names, or else {@code application.conf} in the working directory
 *   <li>the packaged {@code application.conf}, which holds the default of every key
 * </ol>
 *
 * <p>A server within another program receives its settings through {@link #of} instead.
 */
public final class ConfigLoader {
    private static final Logger log = LoggerFactory.getLogger(ConfigLoader.class);

    /** The loader checks only the settings below this key. */
    static final String ROOT = "watchparty";

    /** The logging itself reads these settings, because it starts before everything else. */
    private static final String LOGGING = ROOT + ".log.";

    private static final String DEFAULTS = "dev/watchparty/server/config/application.conf";
    private static final String FILE = "application.conf";
    private static final String FILE_PROPERTY = "config.file";
    private static final String PORT_VARIABLE = "PORT";
    private static final String PORT_PATH = ROOT + ".server.port";

    /** Keys of earlier versions, below {@value #ROOT}, and their replacements. */
    private static final Map<String, String> FORMER_KEYS = Map.of(
            "server.path", "server.base-path, which is for the page and Socket.IO alike: /party for /party/socket.io");

    /**
     * The value of the variables that Kubernetes sets for each service, and Docker for each link: {@code
     * WATCHPARTY_SERVER_PORT=tcp://10.0.0.5:4000} for a service {@code watchparty-server}.
     */
    private static final Pattern SERVICE_LINK = Pattern.compile("(?i)(tcp|udp|sctp)://.*");

    private final Properties properties;
    private final Map<String, String> environment;
    private final File workingDirectory;
    private Config loaded = ConfigFactory.empty();

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
     * Checks settings, and uses the default of each missing one. It reads no file, no variable and no property, and
     * ignores everything outside of {@value #ROOT}.
     *
     * @throws ConfigurationException if one is wrong, or unknown
     */
    public static WatchPartyConfig of(Config settings) {
        try {
            return read(ours(settings, ConfigResolveOptions.noSystem()), defaults());
        } catch (ConfigException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
    }

    /**
     * Reads and checks all settings.
     *
     * @throws ConfigurationException if one is wrong, or unknown
     */
    public WatchPartyConfig load() {
        try {
            Config defaults = defaults();
            Config found = systemProperties()
                    .withFallback(environment(defaults))
                    .withFallback(ours(file(), ConfigResolveOptions.defaults()));
            WatchPartyConfig config = read(found, defaults);
            loaded = found;
            return config;
        } catch (ConfigException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
    }

    /**
     * Returns the message of an exception, which begins with the path of a setting, and the variables that the setting
     * comes from. A component may notice only while it uses its settings that they are wrong.
     */
    public String explained(ConfigurationException e) {
        String message = e.getMessage();
        return message + Variables.sourceOf(loaded, message.substring(0, Math.max(0, message.indexOf(':'))));
    }

    private static Config defaults() {
        return ConfigFactory.parseResources(
                        ConfigLoader.class.getClassLoader(),
                        DEFAULTS,
                        ConfigParseOptions.defaults().setAllowMissing(false))
                .resolve(ConfigResolveOptions.noSystem());
    }

    /** The rest may belong to another program, and may refer to values that only that program knows. */
    private static Config ours(Config all, ConfigResolveOptions options) {
        return all.resolve(options.setAllowUnresolved(true)).withOnlyPath(ROOT).resolve(options);
    }

    private static WatchPartyConfig read(Config found, Config defaults) {
        Config merged = found.withFallback(defaults);
        requireKnownKeys(merged, defaults);
        return SettingsReader.read(new Section(merged.getConfig(ROOT), ROOT));
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
        if (isSet(PORT_VARIABLE)) {
            found = found.withValue(PORT_PATH, value(PORT_VARIABLE));
        }
        FORMER_KEYS.forEach((key, instead) -> {
            if (isSet(variable(key))) {
                throw new ConfigurationException("environment variable %s: no such setting any more (expected: %s)"
                        .formatted(variable(key), instead));
            }
        });
        for (var entry : defaults.getConfig(ROOT).entrySet()) {
            String variable = variable(entry.getKey());
            if (isSet(variable)) {
                found = found.withValue(ROOT + "." + entry.getKey(), value(variable));
            }
        }
        return found;
    }

    private boolean isSet(String variable) {
        String value = environment.get(variable);
        if (value != null && SERVICE_LINK.matcher(value).matches()) {
            log.atInfo()
                    .addKeyValue("variable", variable)
                    .addKeyValue("value", value)
                    .log("a service link of the platform is not a setting, and is ignored");
            return false;
        }
        return value != null && !value.isBlank();
    }

    private ConfigValue value(String variable) {
        return ConfigValueFactory.fromAnyRef(environment.get(variable), Variables.origin(variable));
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
