package dev.watchparty.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.broadcast.BroadcastFixes;
import dev.watchparty.server.broadcast.HeartbeatInterval;
import dev.watchparty.server.engineio.TransportConfig;
import dev.watchparty.server.handlers.NamingFix;
import dev.watchparty.server.http.PagesConfig;
import dev.watchparty.server.identity.IdentityConfig;
import dev.watchparty.server.identity.RecoveryConfig;
import dev.watchparty.server.lifecycle.StopConfig;
import dev.watchparty.server.limits.LimitsConfig;
import dev.watchparty.server.limits.MinuteRate;
import dev.watchparty.server.limits.Rate;
import dev.watchparty.server.session.DefaultRoom;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchPartyConfigTest {
    @Test
    void defaults() {
        assertThat(TestingConfig.defaults())
                .isEqualTo(new WatchPartyConfig(
                        new TransportConfig(
                                "0.0.0.0",
                                4000,
                                "/socket.io",
                                Set.of(
                                        "/socket.io/socket.io.js",
                                        "/socket.io/socket.io.js.map",
                                        "/socket.io/socket.io.min.js",
                                        "/socket.io/socket.io.min.js.map",
                                        "/socket.io/socket.io.esm.min.js",
                                        "/socket.io/socket.io.esm.min.js.map",
                                        "/socket.io/socket.io.msgpack.min.js",
                                        "/socket.io/socket.io.msgpack.min.js.map"),
                                TransportConfig.Io.AUTO,
                                0,
                                Optional.empty(),
                                new TransportConfig.Timeouts(
                                        Duration.ofSeconds(25),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(45),
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(60)),
                                new TransportConfig.Limits(
                                        20_000,
                                        40_000,
                                        4000,
                                        1_000_000,
                                        32 << 20,
                                        1 << 20,
                                        TransportConfig.Limits.AUTO,
                                        10,
                                        1000,
                                        10,
                                        4096,
                                        16_384),
                                new TransportConfig.Hosts(List.of(), Set.of("/healthz", "/readyz")),
                                List.of("*"),
                                List.of(),
                                Optional.empty()),
                        new PagesConfig(
                                true,
                                "",
                                true,
                                List.of("'self'"),
                                List.of(),
                                Duration.ofDays(365),
                                Duration.ofSeconds(2)),
                        new StopConfig(Duration.ZERO, Duration.ofSeconds(5)),
                        new RoomLimits(
                                10_000,
                                10_000,
                                10_000,
                                Duration.ofMinutes(10),
                                Duration.ofHours(24),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(10)),
                        new DefaultRoom(true),
                        new MinuteRate(6, 10),
                        new RecoveryConfig(
                                true,
                                new RecoveryWindow(Duration.ofMinutes(2), 10_000),
                                Duration.ofSeconds(15),
                                Optional.empty()),
                        new IdentityConfig(Duration.ofDays(30)),
                        Optional.of(Path.of(System.getProperty("java.io.tmpdir"), "watchparty-4000.sessions")),
                        Optional.empty(),
                        new HeartbeatInterval(Duration.ofSeconds(1)),
                        new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, true),
                        new BroadcastFixes(true, true, Optional.of(Duration.ofMillis(450)), true),
                        new NamingFix(true),
                        new LimitsConfig(
                                true,
                                false,
                                new Rate(3, 3),
                                new Rate(5, 5),
                                new Rate(1, 3),
                                new Rate(1, 5),
                                new Rate(1, 10),
                                new Rate(3, 10),
                                new Rate(2, 10),
                                new Rate(20, 20),
                                50,
                                new Rate(50, 500),
                                1000,
                                new Rate(10, 100))));
    }

    @Test
    void everyKeyOverridden(@TempDir Path directory) throws IOException {
        Path chain = Files.createFile(directory.resolve("chain.pem"));
        Path key = Files.createFile(directory.resolve("key.pem"));

        assertThat(TestingConfig.load(
                        """
                                watchparty {
                                  server {
                                    host = localhost, port = 1, base-path = /a/b, serve-client = false, io = nio, io-threads = 2
                                    hosts = [a.example], allowed-origins = ["https://a.example"], trusted-proxies = ["10.0.0.0/8"]
                                    drain = 9 s, shutdown-grace = 1 s
                                    tls { enabled = true, certificate-chain = ${chain}, private-key = ${key} }
                                    timeouts {
                                      ping-interval = 1 s, ping-timeout = 2 s, connect = 3 s, upgrade = 4 s
                                      request = 5 s, idle = 6 s
                                    }
                                    limits {
                                      max-sessions = 1, max-connections = 2, max-connections-per-address = 9, max-payload = 3, max-unfinished-bytes = 8, max-queued-bytes = 4
                                      max-queued-bytes-total = 3 MiB
                                      max-namespaces = 5, max-pending-acks = 6, max-attachments = 7
                                      max-uri-length = 256, max-header-bytes = 1 KiB
                                    }
                                    compression { enabled = true, threshold = 8 }
                                  }
                                  pages {
                                    enabled = false, frame-ancestors = ["https://b.example"]
                                    connect-origins = ["https://c.example"], hsts-max-age = 1 s, readiness-timeout = 9 s
                                  }
                                  rooms {
                                    max-rooms = 1, max-users = 2, max-listed = 9, idle-after = 3 s
                                    owned-idle-after = 4 s, host-absence = 5 s, address-ban = 6 s
                                    default = off, creation { per-minute = 7, burst = 8 }
                                  }
                                  identity { lifetime = 7 hours }
                                  recovery {
                                    enabled = false, window = 4 s, grace = 3 s, max-remembered = 2
                                    secret = "0123456789abcdef0123456789abcdef", file = sessions.json
                                  }
                                  sync { heartbeat = 200 ms }
                                  fixes {
                                    first-seq-from-clock = false, replay-missed-changes = false
                                    ignore-stale-join-commands = false, stale-join-window = 1 s
                                    suppress-echoes = false, echo-tolerance = 2 s, clean-usernames = false
                                    silent-unjoined-leave = false, delay-own-pause-echo = false
                                    own-pause-echo-delay = 3 s, pause-after-same-video = false
                                  }
                                  limits {
                                    enabled = false
                                    seek { per-second = 11, burst = 12 }
                                    play-pause { per-second = 13, burst = 14 }
                                    change-video { per-second = 15, burst = 16 }
                                    join { per-second = 17, burst = 18 }
                                    room { per-second = 27, burst = 28 }
                                    people { per-second = 29, burst = 30 }
                                    report { per-second = 31, burst = 32 }
                                    other { per-second = 19, burst = 20 }
                                    abuse { per-second = 21, burst = 22 }
                                    connections { per-second = 23, burst = 24 }
                                    per-address-factor = 25
                                    sockets-per-address = 26
                                  }
                                }
                                chain = "%s"
                                key = "%s"
                                """
                                .formatted(chain, key)))
                .isEqualTo(new WatchPartyConfig(
                        new TransportConfig(
                                "localhost",
                                1,
                                "/a/b/socket.io",
                                Set.of(),
                                TransportConfig.Io.NIO,
                                2,
                                Optional.of(new TransportConfig.Tls(chain, key)),
                                new TransportConfig.Timeouts(
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(3),
                                        Duration.ofSeconds(4),
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(6)),
                                new TransportConfig.Limits(
                                        1, 2, Integer.MAX_VALUE, 3, 8, 4, 3 << 20, 5, 6, 7, 256, 1024),
                                new TransportConfig.Hosts(
                                        List.of("a.example"),
                                        Set.of("/healthz", "/readyz", "/a/b/healthz", "/a/b/readyz")),
                                List.of("https://a.example"),
                                List.of("10.0.0.0/8"),
                                Optional.of(new TransportConfig.Compression(8))),
                        new PagesConfig(
                                false,
                                "/a/b",
                                false,
                                List.of("https://b.example"),
                                List.of("https://c.example"),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(9)),
                        new StopConfig(Duration.ofSeconds(9), Duration.ofSeconds(1)),
                        new RoomLimits(
                                1,
                                2,
                                9,
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6)),
                        new DefaultRoom(false),
                        new MinuteRate(7, 8),
                        new RecoveryConfig(
                                false,
                                new RecoveryWindow(Duration.ofSeconds(4), 2),
                                Duration.ofSeconds(3),
                                Optional.of("0123456789abcdef0123456789abcdef")),
                        new IdentityConfig(Duration.ofHours(7)),
                        Optional.empty(),
                        Optional.empty(),
                        new HeartbeatInterval(Duration.ofMillis(200)),
                        new Fixes(false, Duration.ofSeconds(2), false, Duration.ofSeconds(1), false, false),
                        new BroadcastFixes(false, false, Optional.empty(), false),
                        new NamingFix(false),
                        new LimitsConfig(
                                false,
                                false,
                                new Rate(11, 12),
                                new Rate(13, 14),
                                new Rate(15, 16),
                                new Rate(17, 18),
                                new Rate(27, 28),
                                new Rate(29, 30),
                                new Rate(31, 32),
                                new Rate(19, 20),
                                25,
                                new Rate(23, 24),
                                26,
                                new Rate(21, 22))));
    }

    /** A program that uses the transport alone has no file of settings. */
    @Test
    void transportWithoutSettingsHasTheSameDefaults() {
        TransportConfig loaded = TestingConfig.defaults().transport();
        TransportConfig built = TransportConfig.builder()
                .port(loaded.port())
                .pagePaths(loaded.pagePaths())
                .hosts(loaded.hosts())
                .build();

        assertThat(built).isEqualTo(loaded);
    }

    @Test
    void sessionsAreKeptInTheFileThatIsNamed() {
        assertThat(TestingConfig.load("watchparty.recovery.file = sessions.json")
                        .sessionFile())
                .contains(Path.of("sessions.json"));
        assertThat(TestingConfig.load("watchparty.recovery { enabled = false, file = sessions.json }")
                        .sessionFile())
                .isEmpty();
    }
}
