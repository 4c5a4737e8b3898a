package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;

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
 * @param users all users who have joined, by socket id
 */
@JsonPropertyOrder({
    "videoId",
    "playbackTime",
    "isPlaying",
    "lastAction",
    "lastActionBy",
    "lastActionByUsername",
    "seq",
    "lastUpdatedAt",
    "users"
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
        Map<String, User> users) {
    public SessionInit {
        Payloads.requirePosition("playbackTime", playbackTime);
        requireNonNull(videoId, "videoId is null");
        requireNonNull(lastAction, "lastAction is null");
        requireNonNull(lastActionBy, "lastActionBy is null");
        requireNonNull(lastActionByUsername, "lastActionByUsername is null");
        requireNonNull(users, "users is null");
    }
}
