package dev.watchparty.server.config;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.watchparty.server.broadcast.BroadcastMends;
import dev.watchparty.server.broadcast.HeartbeatInterval;
import dev.watchparty.server.engineio.TransportConfig;
import dev.watchparty.server.handlers.NamingMend;
import dev.watchparty.server.http.PagesConfig;
import dev.watchparty.server.limits.LimitsConfig;
import dev.watchparty.server.recovery.RecoveryConfig;
import dev.watchparty.server.session.InMemorySessionStore;
import dev.watchparty.server.session.Mends;
import java.time.Duration;

/**
 * All settings, each part for the package that it is named after. The keys, their units and their defaults are
 * documented in {@code application.conf}.
 */
public record WatchPartyConfig(
        TransportConfig transport,
        PagesConfig pages,
        Duration shutdownGrace,
        InMemorySessionStore.Limits rooms,
        RecoveryConfig recovery,
        HeartbeatInterval heartbeat,
        Mends sessionMends,
        BroadcastMends broadcastMends,
        NamingMend namingMend,
        LimitsConfig limits) {
    public WatchPartyConfig {
        requireNonNull(transport, "transport is null");
        requireNonNull(pages, "pages is null");
        checkArgument(
                !shutdownGrace.isNegative(), "shutdownGrace: %s ms (expected: >= 0 ms)", shutdownGrace.toMillis());
        requireNonNull(rooms, "rooms is null");
        requireNonNull(recovery, "recovery is null");
        requireNonNull(heartbeat, "heartbeat is null");
        requireNonNull(sessionMends, "sessionMends is null");
        requireNonNull(broadcastMends, "broadcastMends is null");
        requireNonNull(namingMend, "namingMend is null");
        requireNonNull(limits, "limits is null");
    }
}
