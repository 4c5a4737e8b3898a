package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.protocol.ChangeVideoRequest;
import dev.watchparty.protocol.InvalidPayloadException;
import dev.watchparty.protocol.PlaybackRequest;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.broadcast.Connection;
import dev.watchparty.server.broadcast.Connections;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.SessionStore;
import jakarta.inject.Inject;
import java.util.Optional;

/** Takes the commands: play, pause, seek, another video. */
final class PlaybackHandler implements EventHandler {
    private final Connections connections;
    private final SessionStore store;

    /** Makes a command of a payload that nobody has checked. */
    @FunctionalInterface
    private interface CommandReader {
        PlaybackCommand read(JsonNode payload) throws InvalidPayloadException, InvalidVideoException;
    }

    /** The text names no video. */
    private static final class InvalidVideoException extends Exception {
        InvalidVideoException() {
            super("videoId: no YouTube video (expected: an id of 11 characters, or a link)", null, false, false);
        }
    }

    @Inject
    PlaybackHandler(Connections connections, SessionStore store) {
        this.connections = requireNonNull(connections, "connections is null");
        this.store = requireNonNull(store, "store is null");
    }

    @Override
    public void register(SocketIONamespace namespace) {
        on(namespace, SocketEvents.PLAY, payload -> PlaybackCommand.play(PlaybackRequest.read(payload)));
        on(namespace, SocketEvents.PAUSE, payload -> PlaybackCommand.pause(PlaybackRequest.read(payload)));
        on(namespace, SocketEvents.SEEK, payload -> PlaybackCommand.seek(PlaybackRequest.read(payload)));
        on(namespace, SocketEvents.CHANGE_VIDEO, PlaybackHandler::changeVideo);
    }

    private static PlaybackCommand changeVideo(JsonNode payload) throws InvalidPayloadException, InvalidVideoException {
        Optional<VideoId> videoId =
                VideoId.find(ChangeVideoRequest.read(payload).videoId());
        return new PlaybackCommand.ChangeVideo(videoId.orElseThrow(InvalidVideoException::new));
    }

    private void on(SocketIONamespace namespace, String event, CommandReader reader) {
        namespace.addEventListener(event, JsonNode.class, (client, payload, ack) -> {
            Optional<Connection> connection = connections.find(client);
            if (connection.isPresent()) {
                command(connection.get(), event, reader, payload, ack);
            }
        });
    }

    private void command(Connection sender, String event, CommandReader reader, JsonNode payload, AckRequest ack) {
        SocketIOClient client = sender.client();
        try {
            PlaybackCommand command = reader.read(payload);
            Replies.settle(store.apply(sender.room(), sender.socketId(), command), client, ack, event);
        } catch (InvalidPayloadException e) {
            Replies.refuse(client, ack, event, RequestErrorCode.INVALID_PAYLOAD, e.getMessage());
        } catch (InvalidVideoException e) {
            Replies.refuse(client, ack, event, RequestErrorCode.INVALID_VIDEO, e.getMessage());
        }
    }
}
