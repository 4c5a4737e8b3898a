package dev.watchparty.server.broadcast;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/** How often a playing room is told its position; at least 100 ms. */
public record HeartbeatInterval(Duration value) {
    public HeartbeatInterval {
        checkArgument(value.toMillis() >= 100, "heartbeat: %s ms (expected: >= 100 ms)", value.toMillis());
    }
}
