package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/**
 * Another video, at 0 s and paused: the payload of {@link SocketEvents#VIDEO_CHANGE}.
 *
 * @param videoId 11 characters
 * @param seq the number of this change
 * @param lastUpdatedAt when the change was made, ms since the epoch
 * @param username the name of the user who made it
 */
public record VideoChange(String videoId, long seq, long lastUpdatedAt, String username) {
    public VideoChange {
        requireNonNull(videoId, "videoId is null");
        requireNonNull(username, "username is null");
    }
}
