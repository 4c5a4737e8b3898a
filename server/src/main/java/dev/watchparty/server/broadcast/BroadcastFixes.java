package dev.watchparty.server.broadcast;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The faults of the original that are fixed in the messages to sockets.
 *
 * @param replayMissedChanges whether a page receives the last changes after {@code session:init}. A page that has
 *     reconnected ignores {@code session:init}; a page that knows the changes drops them by their numbers
 * @param silentUnjoinedLeave whether the departure of a socket that never joined is not announced
 * @param ownPauseEchoDelay how long the sender of a pause waits for its echo, which it never gets if it plays
 *     meanwhile; empty for no wait. The original's page sends a drag of its seek bar as a pause and a play, and would
 *     be stopped by the echo of its own pause
 * @param spareSlowPlayers whether a heartbeat skips the original's pages whose players are still moving to their
 *     commanded position; it would make them start again
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
