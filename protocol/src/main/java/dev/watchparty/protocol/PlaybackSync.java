package dev.watchparty.protocol;

/**
 * The heartbeat: the payload of {@link SocketEvents#SYNC}. Clients apply it without a check of its number.
 *
 * @param time the authoritative position at the moment of sending, s; not compensated for latency
 * @param seq the number of the last change
 * @param lastUpdatedAt when the last change was made, ms since the epoch
 */
public record PlaybackSync(double time, long seq, long lastUpdatedAt) {
    public PlaybackSync {
        Payloads.requirePosition("time", time);
    }
}
