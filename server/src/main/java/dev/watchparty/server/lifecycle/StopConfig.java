package dev.watchparty.server.lifecycle;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * How the server stops.
 *
 * @param drain how long clients are moved away, a few at a time, 0 .. 1 h
 * @param shutdownGrace how long the last clients may take after that to read the messages that were sent, >= 0
 */
@API(status = API.Status.INTERNAL)
public record StopConfig(Duration drain, Duration shutdownGrace) {
    private static final Duration MAX_DRAIN = Duration.ofHours(1);

    public StopConfig {
        checkArgument(
                !drain.isNegative() && drain.compareTo(MAX_DRAIN) <= 0,
                "drain: %s ms (expected: 0 ms .. 1 h)",
                drain.toMillis());
        checkArgument(
                !shutdownGrace.isNegative(), "shutdownGrace: %s ms (expected: >= 0 ms)", shutdownGrace.toMillis());
    }
}
