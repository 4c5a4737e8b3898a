package dev.watchparty.server.config;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.watchparty.server.broadcast.BroadcastFixes;
import dev.watchparty.server.broadcast.HeartbeatInterval;
import dev.watchparty.server.engineio.TransportConfig;
import dev.watchparty.server.handlers.NamingFix;
import dev.watchparty.server.http.PagesConfig;
import dev.watchparty.server.identity.RecoveryConfig;
import dev.watchparty.server.limits.LimitsConfig;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.RoomLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * All settings, a record for each part of the server. The keys, their units and their defaults are
 * documented in {@code application.conf}.
 *
 * @param sessionFile keeps the sessions over a restart; empty if none are kept
 */
public record WatchPartyConfig(
        TransportConfig transport,
        PagesConfig pages,
        Duration shutdownGrace,
        RoomLimits rooms,
        RecoveryConfig recovery,
        Optional<Path> sessionFile,
        HeartbeatInterval heartbeat,
        Fixes sessionFixes,
        BroadcastFixes broadcastFixes,
        NamingFix namingFix,
        LimitsConfig limits) {
    public WatchPartyConfig {
        requireNonNull(transport, "transport is null");
        requireNonNull(pages, "pages is null");
        checkArgument(
                !shutdownGrace.isNegative(), "shutdownGrace: %s ms (expected: >= 0 ms)", shutdownGrace.toMillis());
        requireNonNull(rooms, "rooms is null");
        requireNonNull(recovery, "recovery is null");
        requireNonNull(sessionFile, "sessionFile is null");
        requireNonNull(heartbeat, "heartbeat is null");
        requireNonNull(sessionFixes, "sessionFixes is null");
        requireNonNull(broadcastFixes, "broadcastFixes is null");
        requireNonNull(namingFix, "namingFix is null");
        requireNonNull(limits, "limits is null");
    }
}
