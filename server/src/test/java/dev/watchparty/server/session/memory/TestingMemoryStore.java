package dev.watchparty.server.session.memory;

import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.ServerClock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** The store in memory with all fixes, and room for the crowd of a test. */
public final class TestingMemoryStore {
    public static final RecoveryWindow WINDOW = new RecoveryWindow(Duration.ofMinutes(2), 100);

    private TestingMemoryStore() {}

    public static MemoryStore create(ServerClock clock, ScheduledExecutorService timer) {
        return new MemoryStore(
                new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, true),
                new RoomLimits(
                        10,
                        2000,
                        2000,
                        Duration.ofMinutes(1),
                        Duration.ofHours(24),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10)),
                WINDOW,
                clock,
                SavedSessions.none(),
                timer);
    }
}
