package dev.watchparty.server.session;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. */
public final class TestingClock implements ServerClock {
    private final AtomicLong now;

    public TestingClock(long millis) {
        now = new AtomicLong(millis);
    }

    @Override
    public long millis() {
        return now.get();
    }

    public void advance(long millis) {
        now.addAndGet(millis);
    }
}
