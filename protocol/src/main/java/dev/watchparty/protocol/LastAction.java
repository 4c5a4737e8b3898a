package dev.watchparty.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The action that last changed a session's playback. The wire carries the name in camel case. */
public enum LastAction {
    @JsonProperty("init")
    INIT,
    @JsonProperty("play")
    PLAY,
    @JsonProperty("pause")
    PAUSE,
    @JsonProperty("seek")
    SEEK,
    @JsonProperty("changeVideo")
    CHANGE_VIDEO
}
