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
import dev.watchparty.server.broadcast.Member;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.socketio.SocketHandle;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Handles the commands: play, pause, seek, change of the video.
 *
 * <p>Of the commands that come too early, the last is kept until its sender's limits allow it. The sender's player has
 * obeyed it already, and would otherwise be out of step with the room until the next command.
 */
final class PlaybackHandler implements EventHandler {
    private final SessionStore store;

    /** INVARIANT: used for a client only in order with its packets, and empty for a client that has left. */
    private final Map<SocketIOClient, DeferredCommand> kept = new ConcurrentHashMap<>();

    /** Reads a command from an unchecked payload. */
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
    PlaybackHandler(SessionStore store) {
        this.store = requireNonNull(store, "store is null");
    }

    @Override
    public void register(SocketIONamespace namespace) {
        on(namespace, SocketEvents.PLAY, payload -> PlaybackCommand.play(PlaybackRequest.read(payload)));
        on(namespace, SocketEvents.PAUSE, payload -> PlaybackCommand.pause(PlaybackRequest.read(payload)));
        on(namespace, SocketEvents.SEEK, payload -> PlaybackCommand.seek(PlaybackRequest.read(payload)));
        on(namespace, SocketEvents.CHANGE_VIDEO, PlaybackHandler::changeVideo);
        namespace.addDisconnectListener(kept::remove);
    }

    private static PlaybackCommand changeVideo(JsonNode payload) throws InvalidPayloadException, InvalidVideoException {
        Optional<VideoId> videoId =
                VideoId.find(ChangeVideoRequest.read(payload).videoId());
        return new PlaybackCommand.ChangeVideo(videoId.orElseThrow(InvalidVideoException::new));
    }

    private void on(SocketIONamespace namespace, String event, CommandReader reader) {
        Requests.on(namespace, event, (sender, payload, ack) -> command(sender, event, reader, payload, ack));
    }

    private void command(Member sender, String event, CommandReader reader, JsonNode payload, AckRequest ack)
            throws InvalidPayloadException {
        SocketIOClient client = sender.client();
        try {
            PlaybackCommand command = reader.read(payload);
            if (SocketHandle.of(client).isEarly()) {
                keep(sender, new DeferredCommand(command, ack));
            } else {
                Optional<DeferredCommand> rest = giveUp(client).flatMap(earlier -> earlier.after(command));
                apply(sender, command, event, ack);
                rest.ifPresent(left -> keep(sender, left));
            }
        } catch (InvalidVideoException e) {
            Replies.refuse(client, ack, event, RequestErrorCode.INVALID_VIDEO, e.getMessage());
        }
    }

    private void keep(Member sender, DeferredCommand later) {
        SocketIOClient client = sender.client();
        DeferredCommand command = kept.merge(client, later, DeferredCommand::followedBy);
        SocketHandle.of(client).whenAllowed(command.event(), () -> {
            kept.remove(client);
            apply(sender, command.command(), command.event(), command.ack());
        });
    }

    private Optional<DeferredCommand> giveUp(SocketIOClient client) {
        SocketHandle.of(client).giveUp();
        return Optional.ofNullable(kept.remove(client));
    }

    private void apply(Member sender, PlaybackCommand command, String event, AckRequest ack) {
        Replies.settle(() -> store.apply(sender.room(), sender.socketId(), command), sender.client(), ack, event);
    }
}
