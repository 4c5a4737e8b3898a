package dev.watchparty.server.session.redis;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.SessionState;
import java.util.List;
import java.util.Optional;

/**
 * The playback and the settings of a room, as Redis keeps them. It belongs to the store alone, so that a change of a domain record breaks no
 * node of another version.
 *
 * @param schema {@value #SCHEMA}
 * @param videoId null if there is none
 * @param settings null if nobody owns the room
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schema", "videoId", "playing", "anchor", "updatedAt", "seq", "lastAction", "trail", "settings"})
record PlaybackDocument(
        int schema,
        String videoId,
        boolean playing,
        double anchor,
        long updatedAt,
        long seq,
        LastAction lastAction,
        List<Change> trail,
        SettingsDocument settings) {
    static final int SCHEMA = 1;

    /** One change of the playback. */
    @JsonPropertyOrder({"action", "seq", "at", "socketId", "username"})
    record Change(LastAction action, long seq, long at, String socketId, String username) {
        static Change of(PlaybackChange change) {
            return new Change(
                    change.action(),
                    change.seq(),
                    change.at(),
                    change.socketId(),
                    change.username().value());
        }

        PlaybackChange toChange() {
            return new PlaybackChange(action, seq, at, socketId, new Username(username));
        }
    }

    PlaybackDocument {
        checkArgument(schema == SCHEMA, "schema: %s (expected: %s)", schema, SCHEMA);
        trail = List.copyOf(trail);
    }

    static PlaybackDocument of(SessionState state) {
        return new PlaybackDocument(
                SCHEMA,
                state.videoId().map(VideoId::value).orElse(null),
                state.playing(),
                state.anchor(),
                state.updatedAt(),
                state.seq(),
                state.lastAction(),
                state.trail().stream().map(Change::of).toList(),
                state.settings().equals(RoomSettings.UNOWNED) ? null : SettingsDocument.of(state.settings()));
    }

    SessionState toState() {
        return new SessionState(
                Optional.ofNullable(videoId).map(VideoId::new),
                playing,
                anchor,
                updatedAt,
                seq,
                lastAction,
                trail.stream().map(Change::toChange).toList(),
                settings == null ? RoomSettings.UNOWNED : settings.toSettings());
    }
}
