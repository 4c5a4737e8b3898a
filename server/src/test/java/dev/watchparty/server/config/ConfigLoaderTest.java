package dev.watchparty.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    private Path directory;

    private final Properties properties = new Properties();

    @Test
    void systemPropertyStandsAboveEnvironmentAboveFileAboveDefault() throws IOException {
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
    void fileThatIsNamedReplacesTheOneInTheWorkingDirectory() throws IOException {
        Files.writeString(directory.resolve("application.conf"), "watchparty.server.port = 4001");
        Path other = Files.writeString(directory.resolve("other.conf"), "watchparty.server.host = \"127.0.0.1\"");
        properties.setProperty("config.file", other.toString());

        assertThat(load(Map.of()).transport().port()).isEqualTo(4000);
        assertThat(load(Map.of()).transport().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void fileThatIsNamedMustBeThere() {
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
    void wrongValueStopsTheStartWithItsPathItsValueAndWhatWasExpected() {
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
        assertWrong("watchparty.limits = 5", "watchparty.limits: 5 (expected: a section { … })");
    }

    @Test
    void unknownKeyStopsTheStart() {
        assertThatThrownBy(() -> load(Map.of(), "watchparty.limits.enabeld = false"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("watchparty.limits.enabeld: no such key");
    }

    @Test
    void formerPathStopsTheStartAndSaysWhatToUse() {
        String instead =
                "expected: server.base-path, which is for the page and Socket.IO alike: /party for /party/socket.io";

        assertThatThrownBy(() -> load(Map.of(), "watchparty.server.path = /party/socket.io"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("watchparty.server.path: no such key")
                .hasMessageEndingWith("; " + instead);
        assertThatThrownBy(() -> load(Map.of("WATCHPARTY_SERVER_PATH", "/party/socket.io")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("environment variable WATCHPARTY_SERVER_PATH: no such setting any more (" + instead + ")");
    }

    @Test
    void basePathIsForThePageAndSocketIoAlike() {
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
        assertThatThrownBy(() -> load(Map.of(), settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    private WatchPartyConfig load(Map<String, String> environment) {
        return load(environment, "");
    }

    private WatchPartyConfig load(Map<String, String> environment, String overrides) {
        return new ConfigLoader(properties, environment, directory.toFile()).load(ConfigFactory.parseString(overrides));
    }
}
