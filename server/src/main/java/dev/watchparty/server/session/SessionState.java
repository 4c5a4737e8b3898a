package dev.watchparty.server.session;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.VideoId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the rules decide about a room: its playback and its settings.
 *
 * @param videoId empty until a command sets one
 * @param playing whether it plays
 * @param anchor the position at {@code updatedAt}, s, finite, >= 0
 * @param updatedAt when the last change was made, ms since the epoch
 * @param seq the highest number given out in this room; only ever rises
 * @param lastAction the last change as {@code session:init} names it
 * @param trail the changes that a page must receive if it missed everything, oldest first: the last change of the
 *     video; the last play or pause if it came later; the last seek if it came later still
 * @param settings the decisions of the room's hosts, whose changes have numbers too
 */
public record SessionState(
        Optional<VideoId> videoId,
        boolean playing,
        double anchor,
        long updatedAt,
        long seq,
        LastAction lastAction,
        List<PlaybackChange> trail,
        RoomSettings settings) {
    public SessionState {
        requireNonNull(videoId, "videoId is null");
        requireNonNull(lastAction, "lastAction is null");
        checkArgument(Double.isFinite(anchor) && anchor >= 0, "anchor: %s (expected: finite, >= 0)", anchor);
        checkArgument(seq >= 0, "seq: %s (expected: >= 0)", seq);
        trail = List.copyOf(trail);
        requireNonNull(settings, "settings is null");
    }

    /** A session in which nothing has happened yet. */
    public static SessionState initial(long seq, long now) {
        return new SessionState(Optional.empty(), false, 0, now, seq, LastAction.INIT, List.of(), RoomSettings.UNOWNED);
    }

    /** The authoritative position at a given time, s: the anchor, plus the time since then if the video plays. */
    public double positionAt(long now) {
        return playing ? anchor + Math.max(0, now - updatedAt) / 1000.0 : anchor;
    }

    /** Whether there is a video and it plays. */
    public boolean isRunning() {
        return playing && videoId.isPresent();
    }

    /** Whether both show the same video in the same way at any time, whatever their numbers. */
    public boolean playsAs(SessionState other) {
        return videoId.equals(other.videoId)
                && playing == other.playing
                && anchor == other.anchor
                && updatedAt == other.updatedAt;
    }

    /** The last change, empty before the first. */
    public Optional<PlaybackChange> lastChange() {
        return trail.isEmpty() ? Optional.empty() : Optional.of(trail.get(trail.size() - 1));
    }

    /** The same state, whose changes have the numbers that follow a given one. */
    public SessionState renumberedAfter(long last) {
        List<PlaybackChange> renumbered = new ArrayList<>();
        for (PlaybackChange change : trail) {
            renumbered.add(change.withSeq(last + renumbered.size() + 1));
        }
        return new SessionState(
                videoId, playing, anchor, updatedAt, last + renumbered.size(), lastAction, renumbered, settings);
    }

    /** The same state under another number. */
    public SessionState withSeq(long next) {
        return new SessionState(videoId, playing, anchor, updatedAt, next, lastAction, trail, settings);
    }

    /** The same playback with other settings, under the next number. */
    public SessionState with(RoomSettings next) {
        return new SessionState(videoId, playing, anchor, updatedAt, seq + 1, lastAction, trail, next);
    }

    /** Whether nothing has happened yet: no command was given, and nobody owns the room. */
    public boolean isUntouched() {
        return lastAction == LastAction.INIT && settings.equals(RoomSettings.UNOWNED);
    }

    /** When the playback or the settings were last changed, ms since the epoch. */
    public long changedAt() {
        return Math.max(updatedAt, settings.changedAt());
    }
}
