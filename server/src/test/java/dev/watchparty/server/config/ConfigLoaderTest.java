package dev.watchparty.server.config;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ConfigLoaderTest {
    @TempDir
    private Path directory;

    private final Properties properties = new Properties();

    @Test
    void systemPropertyWinsOverEnvironmentFileAndDefault() throws IOException {
        assertThat(load(Map.of()).transport().port()).isEqualTo(4000);

        Files.writeString(directory.resolve("application.conf"), "watchparty.server.port = 4001");
        assertThat(load(Map.of()).transport().port()).isEqualTo(4001);
        assertThat(load(Map.of("PORT", "4002")).transport().port()).isEqualTo(4002);
        assertThat(load(Map.of("PORT", "4002", "WATCHPARTY_SERVER_PORT", "4003"))
                        .transport()
                        .port())
                .isEqualTo(4003);

        properties.setProperty("watchparty.server.port", "4004");
        assertThat(load(Map.of("PORT", "4002")).transport().port()).isEqualTo(4004);
    }

    @Test
    void namedFileReplacesTheOneInTheWorkingDirectory() throws IOException {
        Files.writeString(directory.resolve("application.conf"), "watchparty.server.port = 4001");
        Path other = Files.writeString(directory.resolve("other.conf"), "watchparty.server.host = \"127.0.0.1\"");
        properties.setProperty("config.file", other.toString());

        assertThat(load(Map.of()).transport().port()).isEqualTo(4000);
        assertThat(load(Map.of()).transport().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void namedFileMustExist() {
        properties.setProperty("config.file", directory.resolve("missing.conf").toString());

        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("missing.conf");
    }

    @Test
    void propertiesSwitchOffLimitsAndVariablesHoldLists() {
        properties.setProperty("watchparty.limits.enabled", "false");

        WatchPartyConfig config =
                load(Map.of("WATCHPARTY_SERVER_ALLOWED_ORIGINS", "https://a.example, https://b.example"));

        assertThat(config.limits().enabled()).isFalse();
        assertThat(config.transport().allowedOrigins()).isEqualTo(List.of("https://a.example", "https://b.example"));
    }

    @Test
    void wrongValueOfAVariableNamesTheVariable() {
        assertThatThrownBy(() -> load(Map.of("PORT", "eighty")))
                .hasMessage(
                        "watchparty.server.port: eighty (expected: an integer), set by the environment variable PORT");
        assertThatThrownBy(() -> load(Map.of("PORT", "70000")))
                .hasMessage(
                        "watchparty.server.port: 70000 (expected: 0 .. 65535), set by the environment variable PORT");
        assertThatThrownBy(() -> load(Map.of("WATCHPARTY_LIMITS_ENABLED", "perhaps")))
                .hasMessageEndingWith(", set by the environment variable WATCHPARTY_LIMITS_ENABLED");
    }

    @Test
    void errorNamesTheVariableOfTheOtherValueThatIsCompared() {
        assertThatThrownBy(() -> load(Map.of("WATCHPARTY_RECOVERY_WINDOW", "4 s")))
                .hasMessage("watchparty.recovery.grace: PT15S (expected: 0 .. the window, PT4S),"
                        + " compared with one set by the environment variable WATCHPARTY_RECOVERY_WINDOW");
        assertThatThrownBy(() -> load(Map.of("WATCHPARTY_RECOVERY_WINDOW", "4 s", "WATCHPARTY_RECOVERY_GRACE", "5 s")))
                .hasMessageEndingWith(", set by the environment variable WATCHPARTY_RECOVERY_GRACE,"
                        + " compared with one set by the environment variable WATCHPARTY_RECOVERY_WINDOW");
    }

    @Test
    void everyVariableWithAWrongValueIsNamed() {
        int wrong = 0;
        for (String key : keys()) {
            String variable = ConfigLoader.variable(key);
            try {
                load(Map.of(variable, "<wrong value>"));
            } catch (ConfigurationException e) {
                wrong++;
                assertThat(e)
                        .hasMessageStartingWith("watchparty." + key + ": ")
                        .hasMessageEndingWith(", set by the environment variable " + variable);
            }
        }
        assertThat(wrong).isGreaterThan(keys().size() / 2); // the others accept any text
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void emptyVariableOfAnyKeyCountsAsNotSet(String empty) {
        Map<String, String> environment = new HashMap<>(Map.of("PORT", empty, "WATCHPARTY_SERVER_PATH", empty));
        keys().forEach(key -> environment.put(ConfigLoader.variable(key), empty));

        assertThat(load(environment)).isEqualTo(load(Map.of()));
    }

    @Test
    void loneCommaIsAnEmptyList() {
        assertThat(load(Map.of("WATCHPARTY_SERVER_ALLOWED_ORIGINS", ","))
                        .transport()
                        .allowedOrigins())
                .isEmpty();
    }

    @Test
    void sessionsAreNotSavedIfTheFileIsNone() {
        assertThat(load(Map.of("WATCHPARTY_RECOVERY_FILE", "none")).sessionFile())
                .isEmpty();
        assertThat(load(Map.of("WATCHPARTY_RECOVERY_FILE", "")).sessionFile()).isPresent();
        assertThat(TestingConfig.load("watchparty.recovery.file = \"\"").sessionFile())
                .isEmpty();
    }

    @Test
    void emptyVariableCountsAsNotSet() throws IOException {
        Files.writeString(directory.resolve("application.conf"), "watchparty.server.host = \"127.0.0.1\"");

        WatchPartyConfig config = load(Map.of("PORT", "", "WATCHPARTY_SERVER_HOST", ""));

        assertThat(config.transport().port()).isEqualTo(4000);
        assertThat(config.transport().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void wrongValueStopsTheStartWithItsPathAndTheExpectedValue() {
        assertWrong("watchparty.server.port = 70000", "watchparty.server.port: 70000 (expected: 0 .. 65535)");
        assertWrong("watchparty.server.port = many", "watchparty.server.port: many (expected: an integer)");
        assertWrong(
                "watchparty.server.io = kqueue",
                "watchparty.server.io: kqueue (expected: one of auto, nio, epoll, io-uring)");
        assertWrong(
                "watchparty.server.timeouts.ping-interval = soon",
                "watchparty.server.timeouts.ping-interval: soon (expected: a duration, such as 500 ms or 10 s)");
        assertWrong(
                "watchparty.limits.seek.per-second = 0",
                "watchparty.limits.seek.per-second: 0 (expected: 1 .. 1000000)");
        assertWrong(
                "watchparty.server.limits.max-payload = 8 GiB",
                "watchparty.server.limits.max-payload: 8 GiB (expected: a size of at most 2 GiB, such as 64 KiB)");
        assertWrong("watchparty.sync.heartbeat = 0 s", "watchparty.sync.heartbeat: 0 ms (expected: >= 100 ms)");
        assertWrong(
                "watchparty.server.tls { enabled = true, certificate-chain = no-such-file }",
                "watchparty.server.tls.certificate-chain: no-such-file (expected: a file that can be read)");
        assertWrong(
                "watchparty.server.trusted-proxies = [\"10.0.0.0/8\", proxy.example]",
                "watchparty.server.trusted-proxies: proxy.example (expected: addresses, or networks such as 10.0.0.0/8)");
        assertWrong(
                "watchparty.server.allowed-origins = [\"https://watch.example.com/\"]",
                "watchparty.server.allowed-origins: https://watch.example.com/ (expected: * or origins such as"
                        + " https://watch.example.com, http://localhost:5173 and https://*.example.com, in ASCII"
                        + " and with nothing behind the host and port)");
        assertWrong(
                "watchparty.server.hosts = [\"party.example.com:443\"]",
                "watchparty.server.hosts: party.example.com:443 (expected: hosts without a port, such as"
                        + " party.example.com, *.example.org, 192.0.2.1 or [2001:db8::1])");
        assertWrong("watchparty.server.drain = -1 s", "watchparty.server.drain: -1000 ms (expected: 0 ms .. 1 h)");
        assertWrong(
                "watchparty.server.shutdown-grace = -1 s",
                "watchparty.server.shutdown-grace: -1000 ms (expected: >= 0 ms)");
        assertWrong("watchparty.store = disk", "watchparty.store: disk (expected: one of memory, redis)");
        assertWrong(
                "watchparty.limits.shared = true",
                "watchparty.limits.shared: true (expected: false unless the store is redis)");
        assertWrong("watchparty.limits = 5", "watchparty.limits: 5 (expected: a section { … })");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tcp://10.0.0.5:4000", "udp://10.0.0.5:4000", "sctp://10.0.0.5:4000", "TCP://[fd00::5]:4000"})
    void serviceLinksOfThePlatformAreNotSettings(String link) {
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        Logger logger = (Logger) LoggerFactory.getLogger(ConfigLoader.class);
        logger.addAppender(events);
        try {
            for (String key : keys()) {
                events.list.clear();

                WatchPartyConfig config = load(Map.of("PORT", "4703", ConfigLoader.variable(key), link));

                assertThat(config.transport().port()).isEqualTo(4703);
                assertThat(config.limits()).isEqualTo(TestingConfig.defaults().limits());
                assertThat(events.list).singleElement().satisfies(event -> assertThat(event.getKeyValuePairs())
                        .extracting(pair -> pair.value)
                        .containsExactly(ConfigLoader.variable(key), link));
            }
            assertThat(load(Map.of("PORT", link)).transport().port()).isEqualTo(4000);
        } finally {
            logger.detachAppender(events);
        }
    }

    /**
     * Of the variables that Kubernetes sets for a service, these could be mistaken for ours: {@code <SERVICE>_PORT},
     * {@code <SERVICE>_SERVICE_HOST} …
     */
    @Test
    void onlyThePortCanBeMistakenForAServiceLink() {
        Pattern link = Pattern.compile(".+_(PORT|SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");

        assertThat(keys().stream().map(ConfigLoader::variable).filter(variable -> link.matcher(variable)
                        .matches()))
                .containsExactly("WATCHPARTY_SERVER_PORT");
    }

    @Test
    void settingsOfOthersMayBeUnresolved() throws IOException {
        String another = "shop { url = ${x}, port = ${?SHOP_PORT} }, watchparty.server.port = 4001";
        Files.writeString(directory.resolve("application.conf"), another);

        assertThat(load(Map.of()).transport().port()).isEqualTo(4001);
        assertThat(TestingConfig.load(another).transport().port()).isEqualTo(4001);
        assertWrongStart("watchparty.server.port = ${x}", "Could not resolve substitution");
    }

    @Test
    void settingsMayReferToOthersOfTheSameProgram() {
        assertThat(TestingConfig.load("shop { port = 4002, url = ${x} }, watchparty.server.port = ${shop.port}")
                        .transport()
                        .port())
                .isEqualTo(4002);
    }

    @Test
    void onlyTheGivenSettingsOverrideTheDefaults() {
        System.setProperty("watchparty.server.port", "nonsense");
        try {
            assertThat(TestingConfig.load("watchparty.server.host = \"::1\"")
                            .transport()
                            .port())
                    .isEqualTo(4000);
        } finally {
            System.clearProperty("watchparty.server.port");
        }
    }

    @Test
    void unknownKeyStopsTheStart() {
        assertThatThrownBy(() -> TestingConfig.load("watchparty.limits.enabeld = false"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("watchparty.limits.enabeld: no such key");
    }

    @Test
    void formerPathStopsTheStartAndNamesTheNewOne() {
        String instead =
                "expected: server.base-path, which is for the page and Socket.IO alike: /party for /party/socket.io";

        assertThatThrownBy(() -> TestingConfig.load("watchparty.server.path = /party/socket.io"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("watchparty.server.path: no such key")
                .hasMessageEndingWith("; " + instead);
        assertThatThrownBy(() -> load(Map.of("WATCHPARTY_SERVER_PATH", "/party/socket.io")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("environment variable WATCHPARTY_SERVER_PATH: no such setting any more (" + instead + ")");
    }

    @Test
    void basePathAppliesToThePageAndSocketIo() {
        WatchPartyConfig config = load(Map.of("WATCHPARTY_SERVER_BASE_PATH", "/party/"));

        assertThat(config.transport().path()).isEqualTo("/party/socket.io");
        assertThat(config.transport().pagePaths()).contains("/party/socket.io/socket.io.js");
        assertThat(config.pages().basePath()).isEqualTo("/party");
        assertWrong(
                "watchparty.server.base-path = party",
                "watchparty.server.base-path: party"
                        + " (expected: / or a path such as /party, of letters, digits and . _ ~ -)");
    }

    @Test
    void fileThatCannotBeParsedIsNamed() throws IOException {
        Files.writeString(directory.resolve("application.conf"), "watchparty { server { ");

        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("application.conf");
    }

    private void assertWrong(String settings, String message) {
        assertThatThrownBy(() -> TestingConfig.load(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    private static void assertWrongStart(String settings, String message) {
        assertThatThrownBy(() -> TestingConfig.load(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    /** All keys below {@code watchparty}. */
    private static Set<String> keys() {
        return ConfigFactory.parseResources("dev/watchparty/server/config/application.conf")
                .getConfig(ConfigLoader.ROOT)
                .entrySet()
                .stream()
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private WatchPartyConfig load(Map<String, String> environment) {
        return new ConfigLoader(properties, environment, directory.toFile()).load();
    }
}
