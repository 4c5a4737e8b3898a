package dev.watchparty.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The states of a person's player. The wire carries the name in small letters. */
public enum PlayerState {
    @JsonProperty("playing")
    PLAYING,
    @JsonProperty("paused")
    PAUSED,
    @JsonProperty("buffering")
    BUFFERING,
    /** The browser does not start it without a click. */
    @JsonProperty("blocked")
    BLOCKED,
    /** It cannot show the video. */
    @JsonProperty("failed")
    FAILED,
    /** There is no video, or no player. */
    @JsonProperty("none")
    NONE;

    /** All names on the wire. */
    static final String NAMES =
            Arrays.stream(values()).map(PlayerState::wireName).collect(Collectors.joining(", "));

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds the state with a name of the wire; empty if there is none. */
    public static Optional<PlayerState> find(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(wireName))
                .findFirst();
    }
}
