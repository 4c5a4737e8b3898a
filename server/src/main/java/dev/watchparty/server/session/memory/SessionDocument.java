package dev.watchparty.server.session.memory;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.google.common.collect.Comparators;
import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.Steering;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.Ban;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomPassword;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import dev.watchparty.server.session.memory.SavedSessions.Saved;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The content of a session file. These records belong to the file alone, so that a change of a domain record breaks no
 * file. A change of these records needs a new schema number.
 *
 * @param schema {@value #SCHEMA}; the first field of the file
 * @param rooms the sessions
 */
@JsonPropertyOrder({"schema", "rooms"})
record SessionDocument(int schema, List<SavedRoom> rooms) {
    static final int SCHEMA = 3;

    /** The schema whose rooms have no settings, and whose participants have no ids of persons. */
    static final int SCHEMA_WITHOUT_SETTINGS = 2;

    /** How far ahead the clock of an earlier run may have been, ms. */
    private static final long CLOCK_TOLERANCE_MILLIS = Duration.ofMinutes(5).toMillis();

    /** Far above any number of a room, and far below the limit up to which a client counts exactly (2^53). */
    private static final long MAX_SEQ = 1L << 50;

    /** A room that is never paused continues to play, beyond the positions that a client may send. */
    private static final double MAX_POSITION_SECONDS = Duration.ofDays(366).toSeconds();

    private static final int MAX_TRAIL = 3;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{20}");

    /** @param settings empty if nobody owns the room */
    @JsonPropertyOrder({"room", "savedAt", "playback", "settings", "participants"})
    record SavedRoom(
            String room,
            long savedAt,
            SavedPlayback playback,
            Optional<SavedSettings> settings,
            List<SavedParticipant> participants) {
        SavedRoom {
            checkArgument(RoomId.parse(room).isPresent(), "room: not an id");
            requireNonNull(playback, "playback is null");
            settings = orEmpty(settings);
            participants = List.copyOf(participants);
        }
    }

    @JsonPropertyOrder({"videoId", "playing", "anchor", "updatedAt", "seq", "lastAction", "trail"})
    record SavedPlayback(
            Optional<String> videoId,
            boolean playing,
            double anchor,
            long updatedAt,
            long seq,
            LastAction lastAction,
            List<SavedChange> trail) {
        SavedPlayback {
            videoId.ifPresent(VideoId::new);
            requireNonNull(lastAction, "lastAction is null");
            trail = List.copyOf(trail);
        }
    }

    @JsonPropertyOrder({"action", "seq", "at", "socketId", "username"})
    record SavedChange(LastAction action, long seq, long at, String socketId, String username) {
        SavedChange {
            requireNonNull(action, "action is null");
            checkId("socketId", socketId);
            requireNonNull(username, "username is null");
        }
    }

    /** @param password its hash */
    @JsonPropertyOrder({
        "title",
        "steering",
        "locked",
        "password",
        "hosts",
        "bans",
        "closed",
        "createdAt",
        "changedAt",
        "changedBy"
    })
    record SavedSettings(
            String title,
            Steering steering,
            boolean locked,
            Optional<String> password,
            List<String> hosts,
            List<SavedBan> bans,
            boolean closed,
            long createdAt,
            long changedAt,
            Optional<String> changedBy) {
        SavedSettings {
            requireNonNull(title, "title is null");
            requireNonNull(steering, "steering is null");
            password = orEmpty(password);
            hosts = List.copyOf(hosts);
            hosts.forEach(id -> checkId("hosts", id));
            bans = List.copyOf(bans);
            changedBy = orEmpty(changedBy);
        }

        static SavedSettings of(RoomSettings settings) {
            return new SavedSettings(
                    settings.title().value(),
                    settings.steering(),
                    settings.locked(),
                    settings.password().map(RoomPassword::hash),
                    settings.hosts(),
                    settings.bans().stream()
                            .map(ban -> new SavedBan(ban.participantId(), ban.addressTag(), ban.addressUntil()))
                            .toList(),
                    settings.closed(),
                    settings.createdAt(),
                    settings.changedAt(),
                    settings.changedBy().map(Username::value));
        }

        RoomSettings toSettings() {
            return new RoomSettings(
                    RoomTitle.of(title),
                    steering,
                    locked,
                    password.map(RoomPassword::new),
                    hosts,
                    bans.stream()
                            .map(ban -> new Ban(ban.participantId(), ban.addressTag(), ban.addressUntil()))
                            .toList(),
                    closed,
                    createdAt,
                    changedAt,
                    changedBy.map(Username::of));
        }
    }

    @JsonPropertyOrder({"participantId", "addressTag", "addressUntil"})
    record SavedBan(String participantId, Optional<String> addressTag, long addressUntil) {
        SavedBan {
            checkId("bans", participantId);
            addressTag = orEmpty(addressTag);
        }
    }

    /** @param participantId empty if it is the socket's id */
    @JsonPropertyOrder({"socketId", "username", "joinedAt", "participantId"})
    record SavedParticipant(String socketId, String username, long joinedAt, Optional<String> participantId) {
        SavedParticipant {
            checkId("socketId", socketId);
            requireNonNull(username, "username is null");
            participantId = orEmpty(participantId);
            participantId.ifPresent(id -> checkId("participantId", id));
        }
    }

    /** A field that an earlier schema does not have. */
    private static <T> Optional<T> orEmpty(Optional<T> field) {
        return field == null ? Optional.empty() : field;
    }

    SessionDocument {
        rooms = List.copyOf(rooms);
    }

    static SessionDocument of(Map<RoomId, Saved> sessions) {
        return new SessionDocument(
                SCHEMA,
                sessions.entrySet().stream()
                        .map(session -> savedRoom(session.getKey(), session.getValue()))
                        .toList());
    }

    private static SavedRoom savedRoom(RoomId room, Saved saved) {
        SessionState state = saved.snapshot().state();
        SavedPlayback playback = new SavedPlayback(
                state.videoId().map(VideoId::value),
                state.playing(),
                state.anchor(),
                state.updatedAt(),
                state.seq(),
                state.lastAction(),
                state.trail().stream().map(SessionDocument::savedChange).toList());
        List<SavedParticipant> participants = saved.snapshot().participants().stream()
                .map(participant -> new SavedParticipant(
                        participant.socketId(),
                        participant.username().value(),
                        participant.joinedAt(),
                        Optional.of(participant.participantId()).filter(id -> !id.equals(participant.socketId()))))
                .toList();
        return new SavedRoom(
                room.value(),
                saved.savedAt(),
                playback,
                Optional.of(state.settings()).filter(RoomSettings::isOwned).map(SavedSettings::of),
                participants);
    }

    private static SavedChange savedChange(PlaybackChange change) {
        return new SavedChange(
                change.action(),
                change.seq(),
                change.at(),
                change.socketId(),
                change.username().value());
    }

    /**
     * Returns the sessions, if a server can have written all of them. Names are cleaned like those of clients, because
     * the rules may have become stricter.
     *
     * @param now ms since the epoch
     * @throws IllegalArgumentException if not; its message repeats only numbers of the document
     */
    Map<RoomId, Saved> checked(long now) {
        Map<RoomId, Saved> sessions = new HashMap<>();
        for (SavedRoom room : rooms) {
            checkTime("savedAt", room.savedAt(), now);
            SessionState state = state(room.playback(), room.settings());
            check(state, now);
            Snapshot snapshot = new Snapshot(state, participants(room.participants(), now));
            Saved before = sessions.put(new RoomId(room.room()), new Saved(snapshot, Math.min(room.savedAt(), now)));
            checkArgument(before == null, "rooms: one twice (expected: each once)");
        }
        return sessions;
    }

    private static SessionState state(SavedPlayback playback, Optional<SavedSettings> settings) {
        return new SessionState(
                playback.videoId().map(VideoId::new),
                playback.playing(),
                playback.anchor(),
                playback.updatedAt(),
                playback.seq(),
                playback.lastAction(),
                playback.trail().stream()
                        .map(change -> new PlaybackChange(
                                change.action(),
                                change.seq(),
                                change.at(),
                                change.socketId(),
                                Username.of(change.username())))
                        .toList(),
                settings.map(SavedSettings::toSettings).orElse(RoomSettings.UNOWNED));
    }

    private static void check(SessionState state, long now) {
        checkArgument(
                state.anchor() <= MAX_POSITION_SECONDS,
                "anchor: %s (expected: 0 .. %s)",
                state.anchor(),
                MAX_POSITION_SECONDS);
        checkTime("updatedAt", state.updatedAt(), now);
        checkArgument(
                state.positionAt(now) <= MAX_POSITION_SECONDS,
                "position: %s (expected: 0 .. %s)",
                state.positionAt(now),
                MAX_POSITION_SECONDS);
        checkArgument(state.seq() <= MAX_SEQ, "seq: %s (expected: 0 .. %s)", state.seq(), MAX_SEQ);
        checkArgument(
                state.trail().size() <= MAX_TRAIL,
                "trail: %s changes (expected: 0 .. %s)",
                state.trail().size(),
                MAX_TRAIL);
        checkHistory(state);
        long before = -1;
        for (PlaybackChange change : state.trail()) {
            checkArgument(
                    change.seq() > before && change.seq() <= state.seq(),
                    "seq of a change: %s (expected: above %s, up to %s)",
                    change.seq(),
                    before,
                    state.seq());
            before = change.seq();
            checkTime("at", change.at(), now);
        }
    }

    /** Checks that the trail explains the state. */
    private static void checkHistory(SessionState state) {
        List<LastAction> actions =
                state.trail().stream().map(PlaybackChange::action).toList();
        checkArgument(
                isTrail(actions), "trail: %s (expected: a change of the video, a play or pause, a seek)", actions);
        checkArgument(
                state.videoId().isPresent() == actions.contains(LastAction.CHANGE_VIDEO),
                "videoId: %s (expected: one if the trail has a change of the video)",
                state.videoId().isPresent() ? "one" : "none");
        checkArgument(
                state.playing() == actions.contains(LastAction.PLAY),
                "playing: %s (expected: as the trail, %s, left it)",
                state.playing(),
                actions);
        LastAction last = actions.isEmpty() ? LastAction.INIT : actions.get(actions.size() - 1);
        checkArgument(
                state.lastAction() == last || isStopAfterSameVideo(state, actions),
                "lastAction: %s (expected: %s, the last of the trail)",
                state.lastAction(),
                last);
        state.lastChange()
                .ifPresent(change -> checkArgument(
                        state.updatedAt() == change.at(),
                        "updatedAt: %s (expected: %s, when the last of the trail was made)",
                        state.updatedAt(),
                        change.at()));
    }

    /** Whether these actions can form a trail, as {@link SessionState#trail} describes: each may be missing. */
    private static boolean isTrail(List<LastAction> actions) {
        List<Integer> steps = actions.stream()
                .map(action -> switch (action) {
                    case INIT, CHANGE_VIDEO -> 0;
                    case PLAY, PAUSE -> 1;
                    case SEEK -> 2;
                })
                .toList();
        return Comparators.isInStrictOrder(steps, Comparator.naturalOrder());
    }

    /** A change to the same video is the last action, although a pause follows it. */
    private static boolean isStopAfterSameVideo(SessionState state, List<LastAction> actions) {
        return state.lastAction() == LastAction.CHANGE_VIDEO
                && actions.equals(List.of(LastAction.CHANGE_VIDEO, LastAction.PAUSE));
    }

    private static List<Participant> participants(List<SavedParticipant> saved, long now) {
        Set<String> ids = new HashSet<>();
        return saved.stream()
                .map(participant -> {
                    checkArgument(ids.add(participant.socketId()), "participants: one twice (expected: each once)");
                    checkTime("joinedAt", participant.joinedAt(), now);
                    return new Participant(
                            participant.socketId(),
                            Username.of(participant.username()),
                            participant.joinedAt(),
                            participant.participantId().orElse(participant.socketId()));
                })
                .toList();
    }

    private static void checkId(String name, String id) {
        checkArgument(
                ID.matcher(id).matches(),
                "%s: a text of %s characters (expected: 20 of A-Z a-z 0-9 _ -)",
                name,
                id.length());
    }

    private static void checkTime(String name, long time, long now) {
        checkArgument(
                time >= 0 && time <= now + CLOCK_TOLERANCE_MILLIS, "%s: %s (expected: 0 .. now, %s)", name, time, now);
    }
}
