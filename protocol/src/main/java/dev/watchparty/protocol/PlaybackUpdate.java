package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/**
 * Playback has changed: the payload of {@link SocketEvents#PLAY}, {@link SocketEvents#PAUSE} and {@link
 * SocketEvents#SEEK} to clients.
 *
 * @param time the authoritative position at the moment of sending, s; not compensated for latency
 * @param seq the number of this change
 * @param lastUpdatedAt when the change was made, ms since the epoch
 * @param username the name of the user who made it
 */
public record PlaybackUpdate(double time, long seq, long lastUpdatedAt, String username) {
    public PlaybackUpdate {
        Payloads.requirePosition("time", time);
        requireNonNull(username, "username is null");
    }
}
