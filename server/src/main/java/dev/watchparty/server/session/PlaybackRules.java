package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.RequestErrorCode;
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
 * The rules by which a command changes a session. Pure: the same state, command, sender and time give the same
 * transition, anywhere.
 *
 * <p>By the original's rules, every command of every socket is obeyed and takes the next number. Four {@linkplain Fixes
 * fixes} distinguish the commands that the original page's player sends by itself from those that a person gave:
 *
 * <ul>
 *   <li>a play while playing, or a pause while paused, near the authoritative position, is an echo and changes nothing;
 *       so is a play from the position at which the room was told to start, if it comes from a player that started
 *       slowly;
 *   <li>a play or pause that a page delivers when it comes back, although others have changed the room meanwhile, is an
 *       action of its player while offline; so is a play from a position that the room had meanwhile;
 *   <li>a play or pause shortly after a first join that contradicts the room comes from the joiner's player, which
 *       starts from the position at which the page was opened;
 *   <li>a change to the same video stops the playback everywhere: a pause at 0 follows it, because pages that keep the
 *       video continue to play.
 * </ul>
 */
public final class PlaybackRules {
    /** How long the slowest player takes to start, ms. */
    private static final long SLOWEST_START_MILLIS = 3000;

    /** How far before its commanded position a slow player may start, s. */
    private static final double START_TOLERANCE = 0.25;

    /** How long after a return the commands that the page had kept still arrive, ms. */
    private static final long BACKLOG_MILLIS = 1000;

    private final Fixes fixes;

    public PlaybackRules(Fixes fixes) {
        this.fixes = requireNonNull(fixes, "fixes is null");
    }

    /**
     * Applies the command of a socket in a room. Nothing happens if the socket is not there.
     *
     * @param now ms since the epoch
     */
    public Outcome apply(RoomState state, String socketId, PlaybackCommand command, long now) {
        Presence presence = state.roster().find(socketId).orElse(null);
        if (presence == null) {
            return Outcome.of(state);
        }
        Transition transition = apply(state.playback(), command, Sender.of(presence, state.roster()), now);
        if (transition instanceof Changed && !state.playback().settings().maySteer(presence.participantId())) {
            return denied(state, socketId);
        }
        RoomState next = state.with(transition.state());
        return Outcome.of(next, event(next, socketId, transition));
    }

    /** The sender's player has obeyed the command already, and is set right. */
    private static Outcome denied(RoomState state, String socketId) {
        RoomState next = state.with(state.playback().withSeq(state.playback().seq() + 1));
        return new Outcome(
                next,
                List.of(event(next, socketId, new Contradicted(next.playback()))),
                Optional.of(new SessionException(
                        RequestErrorCode.NOT_ALLOWED, "only the hosts of this room control the video")));
    }

    private static SessionEvent event(RoomState state, String socketId, Transition transition) {
        if (transition instanceof Changed changed) {
            return new SessionEvent.Changed(state.room(), state.playback(), changed.changes());
        }
        double lag = transition instanceof Repeated repeated ? repeated.lag() : 0;
        return new SessionEvent.Corrected(
                state.room(), socketId, state.playback(), transition instanceof Contradicted, lag);
    }

    /** Applies a command at the time {@code now}, ms since the epoch. */
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

    /** Whether a player with this lag, s, has just started from its commanded position. */
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
     * Whether a player did this by itself while its page was offline, and the library delivers it now that the page is
     * back: a play or pause that was given without knowledge of the changes of others meanwhile, or the report of a
     * player that continued after a stall.
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

    /** Whether the room was this far behind its current position, s, at some time of the absence. */
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
                        state.videoId(),
                        playing,
                        position,
                        now,
                        change.seq(),
                        action,
                        follow(state.trail(), change),
                        state.settings()),
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
                        changes,
                        state.settings()),
                changes);
    }

    private static PlaybackChange change(LastAction action, long seq, Sender sender, long now) {
        return new PlaybackChange(action, seq, now, sender.socketId(), sender.username());
    }

    /** A later play or pause supersedes earlier plays, pauses and seeks; a later seek supersedes only earlier seeks. */
    private static List<PlaybackChange> follow(List<PlaybackChange> trail, PlaybackChange change) {
        List<PlaybackChange> next = new ArrayList<>(trail);
        next.removeIf(earlier -> earlier.action() == LastAction.SEEK
                || (change.action() != LastAction.SEEK && earlier.action() != LastAction.CHANGE_VIDEO));
        next.add(change);
        return next;
    }
}
