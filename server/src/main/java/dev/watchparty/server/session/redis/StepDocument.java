package dev.watchparty.server.session.redis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * The changes by one of the commands that were accepted together, as they are published.
 *
 * @param state the playback after it; null if it is the last of them, whose playback is that of the room
 * @param changes what all sockets receive
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"state", "changes"})
record StepDocument(PlaybackDocument state, List<PlaybackDocument.Change> changes) {
    StepDocument {
        changes = List.copyOf(changes);
    }
}
