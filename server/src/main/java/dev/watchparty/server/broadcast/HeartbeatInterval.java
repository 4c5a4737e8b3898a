package dev.watchparty.server.broadcast;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import org.apiguardian.api.API;

/** How often a playing room receives its position; at least 100 ms. */
@API(status = API.Status.INTERNAL)
public record HeartbeatInterval(Duration value) {
    public HeartbeatInterval {
        checkArgument(value.toMillis() >= 100, "heartbeat: %s ms (expected: >= 100 ms)", value.toMillis());
    }
}
