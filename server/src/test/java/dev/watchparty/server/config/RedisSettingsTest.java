package dev.watchparty.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.server.session.redis.RedisConfig;
import dev.watchparty.server.session.redis.RedisConfig.TlsFiles;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.StaticCredentialsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a store on Redis, as variables and as a file give them. */
class RedisSettingsTest {
    private static final String URI = "WATCHPARTY_REDIS_URI";

    @TempDir
    private Path directory;

    @Test
    void roomsAreInMemoryByDefault() {
        WatchPartyConfig config = TestingConfig.defaults();

        assertThat(config.redis()).isEmpty();
        assertThat(config.sessionFile()).isPresent();
    }

    @Test
    void storeAndAddressAreEnough() {
        WatchPartyConfig config = load(Map.of(URI, "redis://localhost:6379"));

        assertThat(config.redis())
                .contains(new RedisConfig(
                        Topology.STANDALONE,
                        List.of(RedisURI.create("redis://localhost:6379")),
                        Duration.ofSeconds(2),
                        "watchparty",
                        true));
        assertThat(uri(config).getTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(uri(config).isSsl()).isFalse();
        assertThat(config.sessionFile()).isEmpty();
    }

    @Test
    void limitsCanBeShared() {
        assertThat(load(Map.of(URI, "redis://h")).limits().shared()).isFalse();
        assertThat(load(Map.of(URI, "redis://h", "WATCHPARTY_LIMITS_SHARED", "true"))
                        .limits()
                        .shared())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://h,                       false, h,       6379, 0, ,    ",
        "redis://my_redis:7000/,          false, my_redis,7000, 0, ,    ",
        "rediss://10.0.0.1/3,             true,  10.0.0.1,6379, 3, ,    ",
        "redis://[fd00::5]:7000/12,       false, [fd00::5],7000,12, ,    ",
        "redis://:s%40c+ret@h,            false, h,       6379, 0, ,    s@c+ret",
        "redis://secret@h,                false, h,       6379, 0, ,    secret",
        "rediss://bob:pa/s@s:word@h:1,    true,  h,       1,    0, bob, pa/s@s:word"
    })
    void addressHoldsTlsAndCredentials(
            String text, boolean tls, String host, int port, int database, String username, String password) {
        RedisURI uri = uri(load(Map.of(URI, text)));

        assertThat(uri.isSsl()).isEqualTo(tls);
        assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.FULL);
        assertThat(uri.getHost()).isEqualTo(host);
        assertThat(uri.getPort()).isEqualTo(port);
        assertThat(uri.getDatabase()).isEqualTo(database);
        assertCredentials(uri, username, password);
    }

    @Test
    void credentialsOfTheirOwnKeysReplaceThoseOfTheAddress() {
        RedisURI uri = uri(load(Map.of(
                URI,
                "redis://ann:old@h",
                "WATCHPARTY_REDIS_USERNAME",
                "bob",
                "WATCHPARTY_REDIS_PASSWORD",
                "new@, secret")));

        assertCredentials(uri, "bob", "new@, secret");
    }

    @Test
    void clusterHasSeveralNodes() {
        String nodes = "rediss://bob:a,b@h1:1, rediss://h2:2";
        RedisConfig config = load(Map.of(URI, nodes, "WATCHPARTY_REDIS_CLUSTER", "true"))
                .redis()
                .orElseThrow();

        assertThat(config.topology()).isEqualTo(Topology.CLUSTER);
        assertThat(config.uris()).extracting(RedisURI::getHost).containsExactly("h1", "h2");
        assertThat(config.uris()).allMatch(RedisURI::isSsl);
        assertCredentials(config.uris().get(0), "bob", "a,b");
        assertThat(redis("uri = [\"rediss://h1:1\", \"rediss://h2:2\"], cluster = true")
                        .uris())
                .isEqualTo(config.uris());
    }

    @Test
    void everyKeyOfSentinelsIsAVariable() throws IOException {
        Path trusted = Files.createFile(directory.resolve("ca.pem"));
        Path chain = Files.createFile(directory.resolve("chain.pem"));
        Path key = Files.createFile(directory.resolve("key.pem"));
        Map<String, String> variables = new HashMap<>();
        variables.put("WATCHPARTY_REDIS_USERNAME", "bob");
        variables.put("WATCHPARTY_REDIS_PASSWORD", "secret");
        variables.put("WATCHPARTY_REDIS_TLS_ENABLED", "true");
        variables.put("WATCHPARTY_REDIS_TLS_VERIFY", "ca");
        variables.put("WATCHPARTY_REDIS_TLS_TRUSTED_CERTIFICATES", trusted.toString());
        variables.put("WATCHPARTY_REDIS_TLS_CERTIFICATE_CHAIN", chain.toString());
        variables.put("WATCHPARTY_REDIS_TLS_PRIVATE_KEY", key.toString());
        variables.put("WATCHPARTY_REDIS_SENTINEL_NODES", "s1, s2:7000");
        variables.put("WATCHPARTY_REDIS_SENTINEL_MASTER", "party");
        variables.put("WATCHPARTY_REDIS_SENTINEL_USERNAME", "guard");
        variables.put("WATCHPARTY_REDIS_SENTINEL_PASSWORD", "guarded");
        variables.put("WATCHPARTY_REDIS_SENTINEL_DATABASE", "4");
        variables.put("WATCHPARTY_REDIS_TIMEOUT", "3 s");
        variables.put("WATCHPARTY_REDIS_KEY_PREFIX", "film:night");
        variables.put("WATCHPARTY_REDIS_REQUIRED_AT_START", "false");
        variables.put("WATCHPARTY_RECOVERY_SECRET", "0123456789abcdef0123456789abcdef");

        RedisConfig config = load(variables).redis().orElseThrow();

        RedisURI uri = config.uris().get(0);
        assertThat(config.topology()).isEqualTo(Topology.SENTINEL);
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.keyPrefix()).isEqualTo("film:night");
        assertThat(config.requiredAtStart()).isFalse();
        assertThat(config.tlsFiles())
                .isEqualTo(new TlsFiles(Optional.of(trusted), Optional.of(chain), Optional.of(key)));
        assertThat(uri.getSentinelMasterId()).isEqualTo("party");
        assertThat(uri.getDatabase()).isEqualTo(4);
        assertThat(uri.isSsl()).isTrue();
        assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.CA);
        assertThat(uri.getTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertCredentials(uri, "bob", "secret");
        assertThat(uri.getSentinels()).extracting(RedisURI::getHost).containsExactly("s1", "s2");
        assertThat(uri.getSentinels()).extracting(RedisURI::getPort).containsExactly(26_379, 7000);
        assertThat(uri.getSentinels()).allSatisfy(sentinel -> {
            assertThat(sentinel.isSsl()).isTrue();
            assertThat(sentinel.getVerifyMode()).isEqualTo(SslVerifyMode.CA);
            assertCredentials(sentinel, "guard", "guarded");
        });
    }

    @Test
    void everyVariableWithAWrongValueIsNamed() {
        for (String key : List.of(
                "uri",
                "tls.enabled",
                "tls.verify",
                "tls.trusted-certificates",
                "tls.certificate-chain",
                "tls.private-key",
                "sentinel.nodes",
                "sentinel.database",
                "cluster",
                "timeout",
                "key-prefix",
                "required-at-start")) {
            String variable = ConfigLoader.variable("redis." + key);
            Map<String, String> variables = new HashMap<>(Map.of(URI, "redis://h"));
            variables.put(variable, "<wrong value>");

            assertThatThrownBy(() -> load(variables))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("watchparty.redis." + key + ": ")
                    .hasMessageEndingWith(", set by the environment variable " + variable);
        }
    }

    @Test
    void settingsThatDoNotFitTogetherStopTheStart() {
        assertWrong("", "watchparty.redis.uri: none (expected: " + RedisAddress.EXPECTED + ")");
        assertWrong(
                "uri = \"redis://h1,redis://h2\"",
                "watchparty.redis.uri: 2 addresses (expected: 1, or more with cluster = true)");
        assertWrong(
                "uri = \"redis://h/2\", cluster = true",
                "watchparty.redis.uri: a database (expected: none, because a cluster has only one)");
        assertWrong(
                "uri = \"redis://h\", sentinel { nodes = [s1], master = m }",
                "watchparty.redis.uri: an address (expected: none beside sentinels)");
        assertWrong(
                "sentinel { nodes = [s1], master = m }, cluster = true",
                "watchparty.redis.cluster: true (expected: false with sentinels)");
        assertWrong(
                "sentinel.nodes = [s1]",
                "watchparty.redis.sentinel.master: none (expected: the name that the sentinels know)");
        assertWrong(
                "sentinel.master = m",
                "watchparty.redis.sentinel.nodes: none (expected: " + RedisAddress.SENTINEL_EXPECTED + ")");
        assertWrong(
                "uri = \"redis://h\", username = bob",
                "watchparty.redis.username: bob (expected: a password beside it)");
        assertWrong("uri = \"redis://h\", timeout = 0 s", "watchparty.redis.timeout: 0 ms (expected: > 0 ms)");
        assertWrong("uri = \"redis://h\", timeout = -1 s", "watchparty.redis.timeout: -1000 ms (expected: > 0 ms)");
        assertWrong(
                "uri = \"redis://h\", required-at-start = false",
                "watchparty.redis.required-at-start: false (expected: true unless recovery.secret is set)");
        String file = directory.toString();
        assertWrong(
                "uri = \"redis://h\", tls.trusted-certificates = \"" + file + "\"",
                "watchparty.redis.tls.trusted-certificates: " + file + " (expected: a file that can be read)");
    }

    @Test
    void certificateNeedsItsKey() throws IOException {
        Path file = Files.createFile(directory.resolve("some.pem"));

        assertWrong(
                "uri = \"rediss://h\", tls.certificate-chain = \"" + file + "\"",
                "watchparty.redis.tls.private-key: none (expected: a file, or none beside the certificate-chain)");
        assertWrong(
                "uri = \"rediss://h\", tls.private-key = \"" + file + "\"",
                "watchparty.redis.tls.certificate-chain: none (expected: a file, or none beside the private-key)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://bob:hunter2@",
                "redis://bob:hunter2@h:99999",
                "redis://bob:hunter2@h:x",
                "redis://bob:hunter2@h/database",
                "redis://bob:hunter2@h, http://ann:hunter2@h",
                "http://bob:hunter2@h",
                "bob:hunter2@h",
                "redis://:hunter2",
                "redis://bob:%zz hunter2@h",
                "redis://h, redis://bob:hunter2@h h",
                "redis://bob:hunter2@h?timeout=1s"
            })
    void noMessageShowsThePasswordOfAnAddress(String wrong) {
        Throwable failure = catchThrowable(() -> load(Map.of(URI, wrong)));

        assertThat(failure)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("watchparty.redis.uri: ")
                .hasMessageContaining("***")
                .hasMessageEndingWith(
                        " (expected: " + RedisAddress.EXPECTED + "), set by the environment variable " + URI);
        assertThat(Throwables.getStackTraceAsString(failure)).doesNotContain("hunter2");
    }

    @Test
    void wrongAddressIsShownWithoutItsPassword() {
        assertWrong(
                "uri = \"redis://bob:hunter2@h:0\"",
                "watchparty.redis.uri: redis://***@h:0 (expected: " + RedisAddress.EXPECTED + ")");
        assertWrong(
                "uri = \"http://h:6379/2\"",
                "watchparty.redis.uri: http://h:6379/2 (expected: " + RedisAddress.EXPECTED + ")");
    }

    @Test
    void noMessageShowsAPasswordOfTheWrongType() {
        for (String settings : List.of(
                "password { hunter2 = hunter2 }",
                "password = [hunter2]",
                "sentinel.password = [hunter2]",
                "uri { a = hunter2 }",
                "uri = [[hunter2]]")) {
            Throwable failure = catchThrowable(() -> redis(settings));

            assertThat(failure).isInstanceOf(ConfigurationException.class);
            assertThat(failure.getMessage()).doesNotContain(": hunter2", "[hunter2");
        }
    }

    @Test
    void settingsDoNotPrintPasswords() {
        WatchPartyConfig config = load(Map.of(URI, "redis://bob:hunter2@h", "WATCHPARTY_REDIS_PASSWORD", "hunter3"));

        assertThat(config.toString()).contains("@h").doesNotContain("hunter");
    }

    private static void assertCredentials(RedisURI uri, String username, String password) {
        RedisCredentials credentials =
                ((StaticCredentialsProvider) uri.getCredentialsProvider()).resolveCredentialsNow();
        assertThat(credentials.getUsername()).isEqualTo(username);
        assertThat(Optional.ofNullable(credentials.getPassword()).map(String::new))
                .isEqualTo(Optional.ofNullable(password));
    }

    private static void assertWrong(String settings, String message) {
        assertThatThrownBy(() -> redis(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    private static RedisURI uri(WatchPartyConfig config) {
        return config.redis().orElseThrow().uris().get(0);
    }

    private static RedisConfig redis(String settings) {
        return ConfigLoader.of(ConfigFactory.parseString("watchparty { store = redis, redis { " + settings + " } }"))
                .redis()
                .orElseThrow();
    }

    private WatchPartyConfig load(Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("WATCHPARTY_STORE", "redis");
        return new ConfigLoader(new Properties(), environment, directory.toFile()).load();
    }
}
