package dev.watchparty.server.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import org.apiguardian.api.API;

/** How often something may be done on average, and how often at once. */
@API(status = API.Status.INTERNAL)
public sealed interface AverageRate permits Rate, MinuteRate {
    /** The rate for a bucket of the library. */
    Bandwidth bandwidth();

    /** A full bucket of this node alone. */
    default Bucket newBucket(TimeMeter time) {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(bandwidth())
                .build();
    }
}
