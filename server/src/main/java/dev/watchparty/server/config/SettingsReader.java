package dev.watchparty.server.config;

import static com.google.common.base.Preconditions.checkArgument;

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
import dev.watchparty.server.session.redis.RedisConfig;
import java.nio.file.Path;
import java.util.Optional;

/** Maps keys to the components of records: with {@link RedisReader} the one place that knows the names of the keys. */
final class SettingsReader {
    private enum Store {
        MEMORY,
        REDIS
    }

    private enum Access {
        OPEN,
        OFF
    }

    private SettingsReader() {}

    static WatchPartyConfig read(Section root) {
        PagesConfig pages = pages(root);
        Store store = root.oneOf("store", Store.class);
        return new WatchPartyConfig(
                root.record("server", server -> transport(server, pages, isLimited(root))),
                pages,
                root.record(
                        "server",
                        server -> new StopConfig(server.duration("drain"), server.duration("shutdown-grace"))),
                root.record("rooms", SettingsReader::rooms),
                root.record("rooms", rooms -> new DefaultRoom(rooms.oneOf("default", Access.class) == Access.OPEN)),
                root.record("rooms", rooms -> rooms.record("creation", SettingsReader::minuteRate)),
                root.record("recovery", SettingsReader::recovery),
                root.record("identity", identity -> new IdentityConfig(identity.duration("lifetime"))),
                store == Store.REDIS
                        ? Optional.empty()
                        : root.record("recovery", recovery -> sessionFile(recovery, root)),
                store == Store.REDIS ? Optional.of(redis(root)) : Optional.empty(),
                root.record("sync", sync -> new HeartbeatInterval(sync.duration("heartbeat"))),
                root.record("fixes", SettingsReader::sessionFixes),
                root.record("fixes", SettingsReader::broadcastFixes),
                root.record("fixes", fixes -> new NamingFix(fixes.bool("clean-usernames"))),
                root.record("limits", limits -> limits(limits, store)));
    }

    /** The switch of all limits of addresses, in whichever section their keys are. */
    private static boolean isLimited(Section root) {
        return root.record("limits", limits -> limits.bool("enabled"));
    }

    private static TransportConfig transport(Section server, PagesConfig pages, boolean limited) {
        return new TransportConfig(
                server.text("host"),
                server.integer("port"),
                pages.socketIoPath(),
                pages.libraryPaths(),
                server.oneOf("io", TransportConfig.Io.class),
                server.integer("io-threads"),
                server.record("tls", SettingsReader::tls),
                server.record("timeouts", SettingsReader::timeouts),
                server.record("limits", limits -> transportLimits(limits, limited)),
                new TransportConfig.Hosts(server.texts("hosts"), pages.healthPaths()),
                server.texts("allowed-origins"),
                server.texts("trusted-proxies"),
                server.record("compression", SettingsReader::compression));
    }

    private static Optional<TransportConfig.Tls> tls(Section tls) {
        return tls.bool("enabled")
                ? Optional.of(new TransportConfig.Tls(tls.file("certificate-chain"), tls.file("private-key")))
                : Optional.empty();
    }

    private static TransportConfig.Timeouts timeouts(Section timeouts) {
        return new TransportConfig.Timeouts(
                timeouts.duration("ping-interval"),
                timeouts.duration("ping-timeout"),
                timeouts.duration("connect"),
                timeouts.duration("upgrade"),
                timeouts.duration("request"),
                timeouts.duration("idle"));
    }

    private static TransportConfig.Limits transportLimits(Section limits, boolean limited) {
        int perAddress = limits.integer("max-connections-per-address"); // checked in any case
        return new TransportConfig.Limits(
                limits.integer("max-sessions"),
                limits.integer("max-connections"),
                limited ? perAddress : Integer.MAX_VALUE,
                limits.size("max-payload"),
                limits.size("max-unfinished-bytes"),
                limits.size("max-queued-bytes"),
                limits.sizeOr("auto", TransportConfig.Limits.AUTO, "max-queued-bytes-total"),
                limits.integer("max-namespaces"),
                limits.integer("max-pending-acks"),
                limits.integer("max-attachments"),
                limits.size("max-uri-length"),
                limits.size("max-header-bytes"));
    }

    private static Optional<TransportConfig.Compression> compression(Section compression) {
        return compression.bool("enabled")
                ? Optional.of(new TransportConfig.Compression(compression.size("threshold")))
                : Optional.empty();
    }

    private static PagesConfig pages(Section root) {
        String basePath = root.record("server", server -> PagesConfig.parseBasePath(server.text("base-path")));
        boolean servesLibrary = root.record("server", server -> server.bool("serve-client"));
        return root.record("pages", pages -> pages(pages, basePath, servesLibrary));
    }

    private static PagesConfig pages(Section pages, String basePath, boolean servesLibrary) {
        return new PagesConfig(
                pages.bool("enabled"),
                basePath,
                servesLibrary,
                pages.texts("frame-ancestors"),
                pages.texts("connect-origins"),
                pages.duration("hsts-max-age"),
                pages.duration("readiness-timeout"));
    }

    private static RoomLimits rooms(Section rooms) {
        return new RoomLimits(
                rooms.integer("max-rooms"),
                rooms.integer("max-users"),
                rooms.integer("max-listed"),
                rooms.duration("idle-after"),
                rooms.duration("owned-idle-after"),
                rooms.duration("host-absence"),
                rooms.duration("address-ban"));
    }

    private static RecoveryConfig recovery(Section recovery) {
        return new RecoveryConfig(
                recovery.bool("enabled"),
                new RecoveryWindow(recovery.duration("window"), recovery.integer("max-remembered")),
                recovery.duration("grace"),
                recovery.secret("secret"));
    }

    /** A server whose port the system chooses has another port after a restart, and has no file of its own. */
    private static Optional<Path> sessionFile(Section recovery, Section root) {
        Optional<String> file = recovery.optionalText("file");
        if (!recovery.bool("enabled") || file.equals(Optional.of("none"))) {
            return Optional.empty();
        }
        if (!file.equals(Optional.of("auto"))) {
            return file.map(Path::of);
        }
        int port = root.record("server", server -> server.integer("port"));
        return port == 0
                ? Optional.empty()
                : Optional.of(Path.of(System.getProperty("java.io.tmpdir"), "watchparty-%d.sessions".formatted(port)));
    }

    private static RedisConfig redis(Section root) {
        boolean keepsSecret = root.record(
                "recovery",
                recovery ->
                        !recovery.bool("enabled") || recovery.secret("secret").isPresent());
        return root.record("redis", redis -> RedisReader.read(redis, keepsSecret));
    }

    private static Fixes sessionFixes(Section fixes) {
        return new Fixes(
                fixes.bool("suppress-echoes"),
                fixes.duration("echo-tolerance"),
                fixes.bool("ignore-stale-join-commands"),
                fixes.duration("stale-join-window"),
                fixes.bool("pause-after-same-video"),
                fixes.bool("first-seq-from-clock"));
    }

    private static BroadcastFixes broadcastFixes(Section fixes) {
        return new BroadcastFixes(
                fixes.bool("replay-missed-changes"),
                fixes.bool("silent-unjoined-leave"),
                fixes.bool("delay-own-pause-echo")
                        ? Optional.of(fixes.duration("own-pause-echo-delay"))
                        : Optional.empty(),
                fixes.bool("suppress-echoes"));
    }

    private static LimitsConfig limits(Section limits, Store store) {
        boolean shared = limits.bool("shared");
        checkArgument(!shared || store == Store.REDIS, "shared: true (expected: false unless the store is redis)");
        return new LimitsConfig(
                limits.bool("enabled"),
                shared,
                limits.record("seek", SettingsReader::rate),
                limits.record("play-pause", SettingsReader::rate),
                limits.record("change-video", SettingsReader::rate),
                limits.record("join", SettingsReader::rate),
                limits.record("room", SettingsReader::rate),
                limits.record("people", SettingsReader::rate),
                limits.record("report", SettingsReader::rate),
                limits.record("other", SettingsReader::rate),
                limits.integer("per-address-factor"),
                limits.record("connections", SettingsReader::rate),
                limits.integer("sockets-per-address"),
                limits.record("abuse", SettingsReader::rate));
    }

    private static MinuteRate minuteRate(Section rate) {
        return new MinuteRate(rate.integer("per-minute"), rate.integer("burst"));
    }

    private static Rate rate(Section rate) {
        return new Rate(rate.integer("per-second"), rate.integer("burst"));
    }
}
