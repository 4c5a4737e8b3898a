package dev.watchparty.server.session.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.Presence;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.ServerClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The sockets that have left their rooms after a loss, and whose clients may still come back. */
final class RememberedSockets {
    private final Cache<String, Remembered> bySocketId;

    /**
     * A socket that was lost.
     *
     * @param username empty if it never joined
     * @param lostAt ms since the epoch
     */
    record Remembered(RoomId room, Optional<Username> username, long lostAt) {}

    RememberedSockets(RecoveryWindow window, ServerClock clock) {
        this.bySocketId = Caffeine.newBuilder()
                .maximumSize(window.maxRemembered())
                .expireAfter(Expiry.<String, Remembered>writing(
                        (socketId, lost) -> left(window, lost.lostAt(), clock.millis())))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    private static Duration left(RecoveryWindow window, long lostAt, long now) {
        return Duration.ofMillis(Math.max(0, window.length().toMillis() - (now - lostAt)));
    }

    /** Remembers a socket that leaves, if its connection was lost. */
    void remember(RoomId room, Presence gone) {
        gone.lostAt()
                .ifPresent(lostAt -> bySocketId.put(
                        gone.visitor().socketId(),
                        new Remembered(room, gone.participant().map(Participant::username), lostAt)));
    }

    Optional<Remembered> find(RoomId room, String socketId) {
        return Optional.ofNullable(bySocketId.getIfPresent(socketId))
                .filter(remembered -> remembered.room().equals(room));
    }

    void forget(String socketId) {
        bySocketId.invalidate(socketId);
    }

    /** The number of remembered sockets. */
    long size() {
        bySocketId.cleanUp();
        return bySocketId.estimatedSize();
    }
}
