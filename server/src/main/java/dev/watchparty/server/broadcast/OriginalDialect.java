package dev.watchparty.server.broadcast;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.PlaybackSync;
import dev.watchparty.protocol.PlaybackUpdate;
import dev.watchparty.protocol.RoomInfo;
import dev.watchparty.protocol.SessionInit;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.protocol.User;
import dev.watchparty.protocol.UserJoined;
import dev.watchparty.protocol.UserLeft;
import dev.watchparty.protocol.UserReport;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoChange;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import dev.watchparty.server.socketio.Message;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events and payloads of the original server, for its page and for the first generations of ours. */
class OriginalDialect implements PartyDialect {
    static final OriginalDialect INSTANCE = new OriginalDialect();

    /** How much of a socket's id {@code lastActionBy} shows. */
    private static final int ACTOR_LENGTH = 8;

    private static final String NOT_TOLD = "dialect: the original's (expected: one that knows hosts)";

    OriginalDialect() {}

    @Override
    public boolean knowsHosts() {
        return false;
    }

    /** The decisions of the hosts, as these clients are told them: nothing. */
    Optional<RoomInfo> info(RoomSettings settings) {
        return Optional.empty();
    }

    @Override
    public Message roomInfo(RoomSettings settings) {
        throw new IllegalStateException(NOT_TOLD);
    }

    @Override
    public int maxListed(int configured) {
        return configured;
    }

    @Override
    public User user(Participant participant) {
        return new User(
                participant.socketId(), participant.username().value(), participant.joinedAt(), Optional.empty());
    }

    @Override
    public Message reports(List<UserReport> reports) {
        throw new IllegalStateException(NOT_TOLD);
    }

    /** How many people there are if not all participants are listed, as these clients are told it: nothing. */
    Optional<Integer> peopleIfUnlisted(int listed, Snapshot room) {
        return Optional.empty();
    }

    /** How the participants are, as these clients are told it: nothing. */
    Optional<List<UserReport>> told(Collection<UserReport> reports) {
        return Optional.empty();
    }

    @Override
    public Message init(Snapshot room, Map<String, User> users, Collection<UserReport> reports, long now) {
        SessionState state = room.state();
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
                        users,
                        peopleIfUnlisted(users.size(), room),
                        info(state.settings()),
                        told(reports)));
    }

    @Override
    public Message joined(Participant participant) {
        return new Message(SocketEvents.USER_JOINED, new UserJoined(user(participant)));
    }

    @Override
    public Message left(String socketId, Optional<Participant> participant) {
        Username name = participant.map(Participant::username).orElse(Username.UNKNOWN);
        return new Message(SocketEvents.USER_LEFT, new UserLeft(socketId, name.value()));
    }

    @Override
    public Message change(SessionState state, PlaybackChange change, long now) {
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

    @Override
    public Message correction(SessionState state, long now) {
        return playback(
                state.playing() ? SocketEvents.PLAY : SocketEvents.PAUSE,
                state,
                state.seq(),
                state.updatedAt(),
                state.lastChange().map(PlaybackChange::username).orElse(Username.UNKNOWN),
                now);
    }

    @Override
    public Message sync(SessionState state, long now, double lead) {
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
