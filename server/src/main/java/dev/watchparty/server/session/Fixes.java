package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * The faults of the original that the domain fixes. With all fixes off, its rules are the original's.
 *
 * @param suppressEchoes whether a play while playing, or a pause while paused, near the position changes nothing
 * @param echoTolerance how near, >= 0
 * @param ignoreStaleJoinCommands whether a joiner's first plays and pauses that contradict the room are ignored
 * @param staleJoinWindow for how long after the join, >= 0
 * @param pauseAfterSameVideo whether a change to the same video is followed by a pause at 0
 * @param firstSeqFromClock whether a room's first number comes from the clock, so that it rises over restarts
 */
public record Fixes(
        boolean suppressEchoes,
        Duration echoTolerance,
        boolean ignoreStaleJoinCommands,
        Duration staleJoinWindow,
        boolean pauseAfterSameVideo,
        boolean firstSeqFromClock) {
    public Fixes {
        checkArgument(!echoTolerance.isNegative(), "echoTolerance: %s (expected: >= 0)", echoTolerance);
        checkArgument(!staleJoinWindow.isNegative(), "staleJoinWindow: %s (expected: >= 0)", staleJoinWindow);
    }
}
