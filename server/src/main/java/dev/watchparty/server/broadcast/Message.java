package dev.watchparty.server.broadcast;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.PlaybackSync;
import dev.watchparty.protocol.PlaybackUpdate;
import dev.watchparty.protocol.SessionInit;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.protocol.User;
import dev.watchparty.protocol.UserJoined;
import dev.watchparty.protocol.UserLeft;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoChange;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.SessionState;
import java.util.Map;
import java.util.Optional;

/**
 * A message to a socket. Positions are those at the time {@code now}, ms since the epoch.
 *
 * @param event one of {@link SocketEvents}
 * @param payload a record of the protocol
 */
record Message(String event, Object payload) {
    /** How much of a socket's id {@code lastActionBy} shows. */
    private static final int ACTOR_LENGTH = 8;

    Message {
        requireNonNull(event, "event is null");
        requireNonNull(payload, "payload is null");
    }

    static Message init(SessionState state, Map<String, User> users, long now) {
        Optional<PlaybackChange> last = state.lastChange();
        return new Message(
                SocketEvents.INIT,
                new SessionInit(
                        videoId(state),
                        state.positionAt(now),
                        state.playing(),
                        state.lastAction(),
                        last.map(change -> actor(change.socketId())).orElse("system"),
                        last.map(change -> change.username().value()).orElse("System"),
                        state.seq(),
                        state.updatedAt(),
                        users));
    }

    static Message joined(Participant participant) {
        return new Message(SocketEvents.USER_JOINED, new UserJoined(participant.toUser()));
    }

    static Message left(String socketId, Optional<Participant> participant) {
        Username name = participant.map(Participant::username).orElse(Username.UNKNOWN);
        return new Message(SocketEvents.USER_LEFT, new UserLeft(socketId, name.value()));
    }

    /** A change, as it is sent at once or later: with its own number, and the current position. */
    static Message change(SessionState state, PlaybackChange change, long now) {
        return change.action() == LastAction.CHANGE_VIDEO
                ? new Message(
                        SocketEvents.VIDEO_CHANGE,
                        new VideoChange(
                                videoId(state),
                                change.seq(),
                                change.at(),
                                change.username().value()))
                : playback(event(change.action()), state, change.seq(), change.at(), change.username(), now);
    }

    /** Repeats the room's play or pause, under its latest number. */
    static Message correction(SessionState state, long now) {
        return playback(
                state.playing() ? SocketEvents.PLAY : SocketEvents.PAUSE,
                state,
                state.seq(),
                state.updatedAt(),
                state.lastChange().map(PlaybackChange::username).orElse(Username.UNKNOWN),
                now);
    }

    static Message sync(SessionState state, long now) {
        return sync(state, now, 0);
    }

    /** The position for a player that will lose {@code lead} seconds until it is there. */
    static Message sync(SessionState state, long now, double lead) {
        return new Message(
                SocketEvents.SYNC, new PlaybackSync(state.positionAt(now) + lead, state.seq(), state.updatedAt()));
    }

    private static Message playback(String event, SessionState state, long seq, long at, Username username, long now) {
        return new Message(event, new PlaybackUpdate(state.positionAt(now), seq, at, username.value()));
    }

    private static String event(LastAction action) {
        return switch (action) {
            case PLAY -> SocketEvents.PLAY;
            case PAUSE -> SocketEvents.PAUSE;
            case SEEK -> SocketEvents.SEEK;
            case CHANGE_VIDEO, INIT ->
                throw new IllegalArgumentException("action: %s (expected: PLAY, PAUSE or SEEK)".formatted(action));
        };
    }

    private static String videoId(SessionState state) {
        return state.videoId().map(VideoId::value).orElse("");
    }

    private static String actor(String socketId) {
        return socketId.substring(0, Math.min(ACTOR_LENGTH, socketId.length()));
    }
}
