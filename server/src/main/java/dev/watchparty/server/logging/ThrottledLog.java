package dev.watchparty.server.logging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apiguardian.api.API;

/**
 * Counts an event that clients can cause as often as they like, and limits its reports to one per interval. It reports
 * the first occurrence at once, and later ones in the interval together with the next occurrence after it. Any thread.
 */
@API(status = API.Status.INTERNAL)
public final class ThrottledLog {
    /** Rare enough for a log that a flood must not fill. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final long interval; // ns
    private final LongSupplier nanoTime;
    private final LongConsumer report;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong next; // when the next report may be made

    /** @param report receives the number of occurrences since the previous report */
    public ThrottledLog(LongConsumer report) {
        this(INTERVAL, System::nanoTime, report);
    }

    ThrottledLog(Duration interval, LongSupplier nanoTime, LongConsumer report) {
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
        this.report = report;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Records one more occurrence. */
    public void count() {
        count.incrementAndGet();
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + interval)) {
            report.accept(count.getAndSet(0));
        }
    }
}
