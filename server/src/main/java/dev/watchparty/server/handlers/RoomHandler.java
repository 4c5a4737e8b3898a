package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.protocol.InvalidPayloadException;
import dev.watchparty.protocol.ParticipantRequest;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.RoomUpdateRequest;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.broadcast.Member;
import dev.watchparty.server.identity.Passwords;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.SettingsCommand;
import dev.watchparty.server.session.SettingsCommand.AddHost;
import dev.watchparty.server.session.SettingsCommand.Close;
import dev.watchparty.server.session.SettingsCommand.Kick;
import dev.watchparty.server.session.SettingsCommand.PasswordChange;
import dev.watchparty.server.session.SettingsCommand.RemoveHost;
import dev.watchparty.server.session.SettingsCommand.Update;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Handles the requests of hosts. The rules decide whether their sender is one. */
final class RoomHandler implements EventHandler {
    private final SessionStore store;
    private final Passwords passwords;

    /** Reads a command from an unchecked payload. */
    @FunctionalInterface
    private interface CommandReader {
        CompletionStage<SettingsCommand> read(JsonNode payload) throws InvalidPayloadException;
    }

    @Inject
    RoomHandler(SessionStore store, Passwords passwords) {
        this.store = requireNonNull(store, "store is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
    }

    @Override
    public void register(SocketIONamespace namespace) {
        on(namespace, SocketEvents.ADD_HOST, payload -> ready(new AddHost(participant(payload))));
        on(namespace, SocketEvents.REMOVE_HOST, payload -> ready(new RemoveHost(participant(payload))));
        on(namespace, SocketEvents.KICK, payload -> ready(new Kick(participant(payload))));
        on(namespace, SocketEvents.CLOSE, payload -> ready(new Close()));
        namespace.addEventListener(SocketEvents.ROOM_UPDATE, JsonNode.class, this::update);
    }

    private static String participant(JsonNode payload) throws InvalidPayloadException {
        return ParticipantRequest.read(payload).participantId();
    }

    private static CompletionStage<SettingsCommand> ready(SettingsCommand command) {
        return CompletableFuture.completedStage(command);
    }

    private void on(SocketIONamespace namespace, String event, CommandReader reader) {
        namespace.addEventListener(
                event, JsonNode.class, (client, payload, ack) -> command(client, event, reader, payload, ack));
    }

    private void command(SocketIOClient client, String event, CommandReader reader, JsonNode payload, AckRequest ack) {
        Member.of(client).ifPresent(member -> {
            try {
                CompletionStage<SettingsCommand> command = reader.read(payload);
                Replies.settle(
                        () -> command.thenCompose(read -> store.apply(member.room(), member.socketId(), read)),
                        client,
                        ack,
                        event);
            } catch (InvalidPayloadException e) {
                Replies.refuse(client, ack, event, RequestErrorCode.INVALID_PAYLOAD, e.getMessage());
            }
        });
    }

    private void update(SocketIOClient client, JsonNode payload, AckRequest ack) {
        command(
                client,
                SocketEvents.ROOM_UPDATE,
                unread -> update(client, RoomUpdateRequest.read(unread)),
                payload,
                ack);
    }

    private CompletionStage<SettingsCommand> update(SocketIOClient client, RoomUpdateRequest request) {
        return password(client, request.password())
                .thenApply(password ->
                        new Update(request.title().map(RoomTitle::of), request.steering(), request.locked(), password));
    }

    /** Hashes a new password, but only for hosts: a hash is too costly for others. */
    private CompletionStage<Optional<PasswordChange>> password(SocketIOClient client, Optional<String> typed) {
        if (typed.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        if (typed.get().isEmpty()) {
            return CompletableFuture.completedStage(Optional.of(PasswordChange.REMOVAL));
        }
        Member member = Member.of(client).orElseThrow();
        return store.settings(member.room())
                .thenCompose(settings -> settings.isHost(
                                member.arrival().credentials().participantId())
                        ? passwords.hash(typed.get()).thenApply(password -> Optional.of(PasswordChange.to(password)))
                        : CompletableFuture.failedStage(new SessionException(
                                RequestErrorCode.NOT_ALLOWED, "only a host of this room may do that")));
    }
}
