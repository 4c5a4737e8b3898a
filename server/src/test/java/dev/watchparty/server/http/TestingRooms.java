package dev.watchparty.server.http;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.identity.Identities;
import dev.watchparty.server.identity.IdentityConfig;
import dev.watchparty.server.identity.Passwords;
import dev.watchparty.server.identity.TicketSecret;
import dev.watchparty.server.limits.AttemptLimit;
import dev.watchparty.server.limits.MinuteRate;
import dev.watchparty.server.session.DefaultRoom;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.TestingClock;
import dev.watchparty.server.session.memory.MemoryStore;
import dev.watchparty.server.session.memory.SavedSessions;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Rooms in memory that clients can create. Time stands still until it is moved, for their limits too. */
final class TestingRooms {
    static final long NOW = 1_700_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final boolean isDefaultOpen;
    private final Injector injector;

    private TestingRooms(int maxRooms, boolean isDefaultOpen, boolean limited) {
        this.isDefaultOpen = isDefaultOpen;
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(0); // never runs a task
        ServerClock clock = new TestingClock(NOW);
        MemoryStore store = new MemoryStore(
                new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, true),
                new RoomLimits(
                        maxRooms,
                        100,
                        100,
                        Duration.ofMinutes(10),
                        Duration.ofHours(24),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10)),
                new RecoveryWindow(Duration.ofMinutes(2), 100),
                clock,
                SavedSessions.none(),
                timer);
        injector = Guice.createInjector(binder -> {
            binder.bind(SessionStore.class).toInstance(store);
            binder.bind(MemoryStore.class).toInstance(store);
            binder.bind(ServerClock.class).toInstance(clock);
            binder.bind(IdentityConfig.class).toInstance(new IdentityConfig(Duration.ofDays(30)));
            binder.bind(TicketSecret.class).toInstance(new TicketSecret("a secret of at least 32 characters"));
            binder.bind(RandomGenerator.class).toInstance(new Random(1));
            binder.bind(new Key<AttemptLimit<AddressKey>>() {})
                    .toInstance(new AttemptLimit<>(limited, new MinuteRate(6, 10), new TestingTime()));
        });
    }

    static TestingRooms of(int maxRooms) {
        return new TestingRooms(maxRooms, true, true);
    }

    static TestingRooms unlimited() {
        return new TestingRooms(100_000, true, false);
    }

    /** Its default room is off. */
    static TestingRooms closed() {
        return new TestingRooms(100, false, true);
    }

    Api api(PagesConfig config) {
        return new Api(config, new DefaultRoom(isDefaultOpen), injector.getInstance(RoomCreation.class));
    }

    MemoryStore store() {
        return injector.getInstance(MemoryStore.class);
    }

    Identities identities() {
        return injector.getInstance(Identities.class);
    }

    Passwords passwords() {
        return injector.getInstance(Passwords.class);
    }

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private final class TestingTime implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
