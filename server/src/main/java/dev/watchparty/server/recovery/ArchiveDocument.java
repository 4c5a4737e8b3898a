package dev.watchparty.server.recovery;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.Comparators;
import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SavedSessions.Saved;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is in the file.
 *
 * @param secret what tickets are signed with
 * @param rooms the sessions
 */
record ArchiveDocument(String secret, List<SavedRoom> rooms) {
    private static final int MAX_SECRET = 1000;

    /** How far ahead a clock of an earlier run may have been, ms. */
    private static final long CLOCK_TOLERANCE_MILLIS = Duration.ofMinutes(5).toMillis();

    /** Far above any number of a room, and far below what a client counts exactly (2^53). */
    private static final long MAX_SEQ = 1L << 50;

    /** A room that nobody pauses plays on beyond what a client may name; not for longer than a server runs. */
    private static final double MAX_POSITION_SECONDS = Duration.ofDays(366).toSeconds();

    private static final int MAX_TRAIL = 3;
    private static final Pattern SOCKET_ID = Pattern.compile("[A-Za-z0-9_-]{%d}".formatted(Ticket.ID_LENGTH));

    record SavedRoom(RoomId room, long savedAt, Snapshot snapshot) {
        SavedRoom {
            requireNonNull(room, "room is null");
            requireNonNull(snapshot, "snapshot is null");
        }
    }

    ArchiveDocument {
        requireNonNull(secret, "secret is null");
        rooms = List.copyOf(rooms);
    }

    /**
     * The sessions, if all of the document can be what a server has written.
     *
     * @param now ms since the epoch
     * @throws IllegalArgumentException if not; its message repeats nothing of the document but numbers
     */
    Map<RoomId, Saved> checked(long now) {
        checkArgument(
                secret.length() >= RecoveryConfig.MIN_SECRET && secret.length() <= MAX_SECRET,
                "secret: a text of %s characters (expected: %s .. %s)",
                secret.length(),
                RecoveryConfig.MIN_SECRET,
                MAX_SECRET);
        Map<RoomId, Saved> sessions = new HashMap<>();
        for (SavedRoom room : rooms) {
            checkTime("savedAt", room.savedAt(), now);
            check(room.snapshot().state(), now);
            Snapshot snapshot = new Snapshot(
                    withNamesMadeAnew(room.snapshot().state()),
                    participants(room.snapshot().participants(), now));
            Saved before = sessions.put(room.room(), new Saved(snapshot, Math.min(room.savedAt(), now)));
            checkArgument(before == null, "rooms: one twice (expected: each once)");
        }
        return sessions;
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
            checkSocketId(change.socketId());
        }
    }

    /** The trail explains the state. */
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

    /** Whether these can have been kept, as {@link SessionState#trail} tells: each may be missing. */
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

    /** A change to the same video is the last action, though a pause follows it. */
    private static boolean isStopAfterSameVideo(SessionState state, List<LastAction> actions) {
        return state.lastAction() == LastAction.CHANGE_VIDEO
                && actions.equals(List.of(LastAction.CHANGE_VIDEO, LastAction.PAUSE));
    }

    /** Names are made anew as a client's are: rules may have become stricter since. */
    private static SessionState withNamesMadeAnew(SessionState state) {
        List<PlaybackChange> trail = state.trail().stream()
                .map(change -> new PlaybackChange(
                        change.action(),
                        change.seq(),
                        change.at(),
                        change.socketId(),
                        Username.of(change.username().value())))
                .toList();
        return new SessionState(
                state.videoId(),
                state.playing(),
                state.anchor(),
                state.updatedAt(),
                state.seq(),
                state.lastAction(),
                trail);
    }

    private static List<Participant> participants(List<Participant> saved, long now) {
        Set<String> ids = new HashSet<>();
        return saved.stream()
                .map(participant -> {
                    checkSocketId(participant.socketId());
                    checkArgument(ids.add(participant.socketId()), "participants: one twice (expected: each once)");
                    checkTime("joinedAt", participant.joinedAt(), now);
                    Username name = Username.of(participant.username().value());
                    return new Participant(participant.socketId(), name, participant.joinedAt());
                })
                .toList();
    }

    private static void checkSocketId(String id) {
        checkArgument(
                SOCKET_ID.matcher(id).matches(),
                "socketId: a text of %s characters (expected: 20 of A-Z a-z 0-9 _ -)",
                id.length());
    }

    private static void checkTime(String name, long time, long now) {
        checkArgument(
                time >= 0 && time <= now + CLOCK_TOLERANCE_MILLIS, "%s: %s (expected: 0 .. now, %s)", name, time, now);
    }
}
