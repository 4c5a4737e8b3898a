package dev.watchparty.server.broadcast;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Which of the original's faults are fixed in what sockets are told.
 *
 * @param replayMissedChanges whether a page is told the last changes after {@code session:init}, which a page that has
 *     reconnected ignores; one that knows them drops them by their numbers
 * @param silentUnjoinedLeave whether nobody hears of the leaving of a socket that never joined
 * @param ownPauseEchoDelay how long the sender of a pause waits for its echo, which it never gets if it plays meanwhile;
 *     empty for not at all. The original's page sends a drag of its seek bar as a pause and a play, and would be stopped
 *     by the echo of its own pause
 * @param spareSlowPlayers whether a heartbeat passes over the original's pages whose players are on their way to where they
 *     were told to be; it would make them start anew
 */
@API(status = API.Status.INTERNAL)
public record BroadcastFixes(
        boolean replayMissedChanges,
        boolean silentUnjoinedLeave,
        Optional<Duration> ownPauseEchoDelay,
        boolean spareSlowPlayers) {
    public BroadcastFixes {
        requireNonNull(ownPauseEchoDelay, "ownPauseEchoDelay is null");
    }
}
