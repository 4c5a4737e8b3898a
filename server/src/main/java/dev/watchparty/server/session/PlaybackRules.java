package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.PlaybackCommand.ChangeVideo;
import dev.watchparty.server.session.PlaybackCommand.Pause;
import dev.watchparty.server.session.PlaybackCommand.Play;
import dev.watchparty.server.session.PlaybackCommand.Seek;
import dev.watchparty.server.session.Transition.Changed;
import dev.watchparty.server.session.Transition.Contradicted;
import dev.watchparty.server.session.Transition.Repeated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a command changes a session. Pure: the same state, command, sender and time give the same transition, anywhere.
 *
 * <p>By the original's rules each command of anybody is obeyed and takes the next number. Four {@linkplain Fixes fixes}
 * tell what the original page's player says by itself from what a person wished:
 *
 * <ul>
 *   <li>a play while playing, or a pause while paused, near the authoritative position, is an echo and changes nothing; so
 *       is a play from where the room was told to start, by a player that took its time to;
 *   <li>a play or pause that a page delivers when it comes back, though others have changed the room meanwhile, is what its
 *       player did offline; so is a play from where the room was meanwhile;
 *   <li>a play or pause shortly after a first join that contradicts the room is the joiner's player starting from where
 *       the page was opened;
 *   <li>a change to the same video stops everywhere: a pause at 0 follows it, since pages that keep the video go on.
 * </ul>
 */
public final class PlaybackRules {
    /** How long the slowest player takes to start, ms. */
    private static final long SLOWEST_START_MILLIS = 3000;

    /** How far before the position that it was told a slow player may start, s. */
    private static final double START_TOLERANCE = 0.25;

    /** For how long after a return what the page had kept still arrives, ms. */
    private static final long BACKLOG_MILLIS = 1000;

    private final Fixes fixes;

    public PlaybackRules(Fixes fixes) {
        this.fixes = requireNonNull(fixes, "fixes is null");
    }

    /**
     * Applies the command of a socket in a room. Nothing happens if it is not there.
     *
     * @param now ms since the epoch
     */
    public Outcome apply(RoomState state, String socketId, PlaybackCommand command, long now) {
        Presence presence = state.roster().find(socketId).orElse(null);
        if (presence == null) {
            return Outcome.of(state);
        }
        Transition transition = apply(state.playback(), command, Sender.of(presence, state.roster()), now);
        RoomState next = state.with(transition.state());
        return Outcome.of(next, event(next, socketId, transition));
    }

    private static SessionEvent event(RoomState state, String socketId, Transition transition) {
        if (transition instanceof Changed changed) {
            return new SessionEvent.Changed(state.room(), state.playback(), changed.changes());
        }
        double lag = transition instanceof Repeated repeated ? repeated.lag() : 0;
        return new SessionEvent.Corrected(
                state.room(), socketId, state.playback(), transition instanceof Contradicted, lag);
    }

    /** Applies a command at a time, ms since the epoch. */
    Transition apply(SessionState state, PlaybackCommand command, Sender sender, long now) {
        if (command instanceof ChangeVideo change) {
            return changeVideo(state, change.videoId(), sender, now);
        }
        if (command instanceof Seek seek) {
            return move(state, LastAction.SEEK, state.playing(), seek.time(), sender, now);
        }
        if (command instanceof Play play) {
            return playOrPause(state, LastAction.PLAY, play.time(), sender, now);
        }
        return playOrPause(state, LastAction.PAUSE, ((Pause) command).time(), sender, now);
    }

    private Transition playOrPause(
            SessionState state, LastAction action, Optional<Double> time, Sender sender, long now) {
        boolean playing = action == LastAction.PLAY;
        double authority = state.positionAt(now);
        double lag = authority - time.orElse(authority);
        boolean repeats = playing == state.playing()
                && (Math.abs(lag) * 1000 <= fixes.echoTolerance().toMillis()
                        || (sender.echoes() && isSlowStart(state, lag, now)));
        if (repeats && fixes.suppressEchoes()) {
            return new Repeated(state, lag);
        }
        if (!repeats && (isStaleJoiner(state, sender, now) || isBacklog(state, playing, lag, sender, now))) {
            return new Contradicted(state.withSeq(state.seq() + 1));
        }
        return move(state, action, playing, time, sender, now);
    }

    /** Whether a player that is so far behind, s, has just started from where it was told to. */
    private static boolean isSlowStart(SessionState state, double lag, long now) {
        long elapsedMillis = now - state.updatedAt();
        return state.playing()
                && lag > 0
                && elapsedMillis <= SLOWEST_START_MILLIS
                && lag <= elapsedMillis / 1000.0 + START_TOLERANCE;
    }

    private boolean isStaleJoiner(SessionState state, Sender sender, long now) {
        return fixes.ignoreStaleJoinCommands()
                && sender.echoes()
                && !sender.alone()
                && sender.joinedAt().isPresent()
                && now - sender.joinedAt().getAsLong() < fixes.staleJoinWindow().toMillis()
                && !setTheVideo(state, sender);
    }

    /**
     * Whether this is what a player did by itself while its page was offline, which the library delivers when it is back: a
     * play or pause given in ignorance of what others did meanwhile, or the report of a player that went on after a stall.
     */
    private boolean isBacklog(SessionState state, boolean playing, double lag, Sender sender, long now) {
        return fixes.suppressEchoes()
                && sender.echoes()
                && sender.absence()
                        .filter(absence -> now - absence.backAt() < BACKLOG_MILLIS)
                        .filter(absence -> changedByOthers(state, sender, absence.lostAt())
                                || (playing && state.playing() && isWithin(absence, lag, now)))
                        .isPresent();
    }

    private static boolean changedByOthers(SessionState state, Sender sender, long since) {
        return state.trail().stream()
                .anyMatch(change -> change.at() > since && !change.socketId().equals(sender.socketId()));
    }

    /** Whether the room was so far behind where it is now, s, at some time of the absence. */
    private boolean isWithin(Absence absence, double lag, long now) {
        double tolerance = fixes.echoTolerance().toMillis() / 1000.0;
        return lag >= -tolerance && lag <= (now - absence.lostAt()) / 1000.0 + tolerance;
    }

    private static boolean setTheVideo(SessionState state, Sender sender) {
        return state.trail().stream()
                .anyMatch(change -> change.action() == LastAction.CHANGE_VIDEO
                        && change.socketId().equals(sender.socketId()));
    }

    private static Transition move(
            SessionState state, LastAction action, boolean playing, Optional<Double> time, Sender sender, long now) {
        PlaybackChange change = change(action, state.seq() + 1, sender, now);
        double position = time.orElseGet(() -> state.positionAt(now));
        return new Changed(
                new SessionState(
                        state.videoId(), playing, position, now, change.seq(), action, follow(state.trail(), change)),
                List.of(change));
    }

    private Transition changeVideo(SessionState state, VideoId videoId, Sender sender, long now) {
        List<PlaybackChange> changes = new ArrayList<>();
        changes.add(change(LastAction.CHANGE_VIDEO, state.seq() + 1, sender, now));
        if (fixes.pauseAfterSameVideo() && state.videoId().equals(Optional.of(videoId))) {
            changes.add(change(LastAction.PAUSE, state.seq() + 2, sender, now));
        }
        return new Changed(
                new SessionState(
                        Optional.of(videoId),
                        false,
                        0,
                        now,
                        state.seq() + changes.size(),
                        LastAction.CHANGE_VIDEO,
                        changes),
                changes);
    }

    private static PlaybackChange change(LastAction action, long seq, Sender sender, long now) {
        return new PlaybackChange(action, seq, now, sender.socketId(), sender.username());
    }

    /** A later play or pause makes earlier ones and seeks pointless to tell; a later seek only earlier seeks. */
    private static List<PlaybackChange> follow(List<PlaybackChange> trail, PlaybackChange change) {
        List<PlaybackChange> next = new ArrayList<>(trail);
        next.removeIf(earlier -> earlier.action() == LastAction.SEEK
                || (change.action() != LastAction.SEEK && earlier.action() != LastAction.CHANGE_VIDEO));
        next.add(change);
        return next;
    }
}
