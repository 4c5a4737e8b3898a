package dev.watchparty.server.session;

import java.time.Duration;
import org.apiguardian.api.API;

/** How often a room tells how its participants are. */
@API(status = API.Status.INTERNAL)
public final class ReportInterval {
    /** Nobody would notice more frequent messages. */
    private static final int LEAST_MILLIS = 1000;

    private static final int GREATEST_MILLIS = 10_000;

    /** A message holds as many people as it goes to, so in a large room it comes less often. */
    private static final int MILLIS_FOR_EACH = 20;

    private ReportInterval() {}

    /**
     * The time between two messages, 1 .. 10 s.
     *
     * @param participants of the room
     */
    public static Duration of(int participants) {
        long inProportion = (long) participants * MILLIS_FOR_EACH;
        return Duration.ofMillis(Math.max(LEAST_MILLIS, Math.min(GREATEST_MILLIS, inProportion)));
    }
}
