package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.PlaybackRequest;
import dev.watchparty.protocol.VideoId;
import java.util.Optional;

/**
 * A request to change the playback. A time, s, is the position that the sender means; empty for the current position.
 */
public sealed interface PlaybackCommand extends RoomCommand {
    /** Play from a position. */
    record Play(Optional<Double> time) implements PlaybackCommand {
        public Play {
            requireNonNull(time, "time is null");
        }
    }

    /** Stop at a position. */
    record Pause(Optional<Double> time) implements PlaybackCommand {
        public Pause {
            requireNonNull(time, "time is null");
        }
    }

    /** Go to a position; playing or paused as before. */
    record Seek(Optional<Double> time) implements PlaybackCommand {
        public Seek {
            requireNonNull(time, "time is null");
        }
    }

    /** Show another video, or the same one from its start. */
    record ChangeVideo(VideoId videoId) implements PlaybackCommand {
        public ChangeVideo {
            requireNonNull(videoId, "videoId is null");
        }
    }

    static PlaybackCommand play(PlaybackRequest request) {
        return new Play(request.time());
    }

    static PlaybackCommand pause(PlaybackRequest request) {
        return new Pause(request.time());
    }

    static PlaybackCommand seek(PlaybackRequest request) {
        return new Seek(request.time());
    }
}
