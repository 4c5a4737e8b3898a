package dev.watchparty.server.config;

import static java.util.Objects.requireNonNull;

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
import dev.watchparty.server.session.DefaultRoom;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.redis.RedisConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All settings, a record for each part of the server. The keys, their units and their defaults are
 * documented in {@code application.conf}.
 *
 * @param roomCreation how fast one address may create rooms
 * @param sessionFile keeps the sessions over a restart; empty if none are kept, or if Redis keeps them
 * @param redis keeps the sessions of all nodes; empty for the store in memory
 */
public record WatchPartyConfig(
        TransportConfig transport,
        PagesConfig pages,
        StopConfig stop,
        RoomLimits rooms,
        DefaultRoom defaultRoom,
        MinuteRate roomCreation,
        RecoveryConfig recovery,
        IdentityConfig identity,
        Optional<Path> sessionFile,
        Optional<RedisConfig> redis,
        HeartbeatInterval heartbeat,
        Fixes sessionFixes,
        BroadcastFixes broadcastFixes,
        NamingFix namingFix,
        LimitsConfig limits) {
    public WatchPartyConfig {
        requireNonNull(transport, "transport is null");
        requireNonNull(pages, "pages is null");
        requireNonNull(stop, "stop is null");
        requireNonNull(rooms, "rooms is null");
        requireNonNull(defaultRoom, "defaultRoom is null");
        requireNonNull(roomCreation, "roomCreation is null");
        requireNonNull(recovery, "recovery is null");
        requireNonNull(identity, "identity is null");
        requireNonNull(sessionFile, "sessionFile is null");
        requireNonNull(redis, "redis is null");
        requireNonNull(heartbeat, "heartbeat is null");
        requireNonNull(sessionFixes, "sessionFixes is null");
        requireNonNull(broadcastFixes, "broadcastFixes is null");
        requireNonNull(namingFix, "namingFix is null");
        requireNonNull(limits, "limits is null");
    }
}
