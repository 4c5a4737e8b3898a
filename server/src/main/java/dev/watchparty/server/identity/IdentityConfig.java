package dev.watchparty.server.identity;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * How long a browser is the same participant of a room.
 *
 * @param lifetime of a token, from the last time that the browser entered the room, > 0
 */
@API(status = API.Status.INTERNAL)
public record IdentityConfig(Duration lifetime) {
    public IdentityConfig {
        checkArgument(lifetime.toMillis() > 0, "lifetime: %s (expected: > 0)", lifetime);
    }
}
