package dev.watchparty.server.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What somebody may still send, of each kind. Buckets are made when their kind is first sent. */
final class Allowance {
    private final Map<EventKind, Bucket> buckets = new ConcurrentHashMap<>();
    private final Function<EventKind, Rate> rates;
    private final TimeMeter time;

    Allowance(Function<EventKind, Rate> rates, TimeMeter time) {
        this.rates = rates;
        this.time = time;
    }

    boolean take(EventKind kind) {
        return buckets.computeIfAbsent(kind, first -> rates.apply(first).newBucket(time))
                .tryConsume(1);
    }
}
