package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a page needs to show a session: the payload of {@link SocketEvents#INIT}.
 *
 * @param videoId 11 characters, or empty while no video is set
 * @param playbackTime the position at the moment of sending, s
 * @param isPlaying whether the video is playing
 * @param lastAction the action that last changed the playback
 * @param lastActionBy the first 8 characters of the socket id of the user who did it, or {@code system}
 * @param lastActionByUsername the name of the user who did it, or {@code System}
 * @param seq the number of the last change
 * @param lastUpdatedAt when the last change was made, ms since the epoch
 * @param users the users who have joined, by socket id, in their order; of a large room only the first, and those who
 *     receive this
 * @param userCount how many people have joined, if {@code users} does not hold them all; only for clients of generation 3
 * @param roomInfo the decisions of the hosts; only for clients of generation 3
 * @param reports how the users are, of whom anything is known; only for clients of generation 3
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({
    "videoId",
    "playbackTime",
    "isPlaying",
    "lastAction",
    "lastActionBy",
    "lastActionByUsername",
    "seq",
    "lastUpdatedAt",
    "users",
    "userCount",
    "roomInfo",
    "reports"
})
public record SessionInit(
        String videoId,
        double playbackTime,
        boolean isPlaying,
        LastAction lastAction,
        String lastActionBy,
        String lastActionByUsername,
        long seq,
        long lastUpdatedAt,
        Map<String, User> users,
        Optional<Integer> userCount,
        Optional<RoomInfo> roomInfo,
        Optional<List<UserReport>> reports) {
    public SessionInit {
        Payloads.requirePosition("playbackTime", playbackTime);
        requireNonNull(videoId, "videoId is null");
        requireNonNull(lastAction, "lastAction is null");
        requireNonNull(lastActionBy, "lastActionBy is null");
        requireNonNull(lastActionByUsername, "lastActionByUsername is null");
        requireNonNull(users, "users is null");
        requireNonNull(userCount, "userCount is null");
        requireNonNull(roomInfo, "roomInfo is null");
        reports = reports.map(List::copyOf);
    }
}
