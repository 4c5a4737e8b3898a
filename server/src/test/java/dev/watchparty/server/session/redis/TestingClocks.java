package dev.watchparty.server.session.redis;

import com.google.inject.Module;
import java.time.Duration;

/** Clocks that are wrong, for tests of whole servers. */
public final class TestingClocks {
    private TestingClocks() {}

    /** A server's wall clock is wrong by this much. */
    public static Module wrongBy(Duration error) {
        RedisClock wrong = new RedisClock(System::nanoTime, System.currentTimeMillis() + error.toMillis());
        return binder -> binder.bind(RedisClock.class).toInstance(wrong);
    }
}
