package dev.watchparty.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose playback commands a room obeys. */
public enum Steering {
    /** Those of everyone in the room. */
    @JsonProperty("everyone")
    EVERYONE,
    /** Those of its hosts. */
    @JsonProperty("hosts")
    HOSTS
}
