package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.protocol.InvalidPayloadException;
import dev.watchparty.protocol.ParticipantRequest;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.RoomUpdateRequest;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.broadcast.Member;
import dev.watchparty.server.identity.Passwords;
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
        CompletionStage<SettingsCommand> read(Member sender, JsonNode payload) throws InvalidPayloadException;
    }

    @Inject
    RoomHandler(SessionStore store, Passwords passwords) {
        this.store = requireNonNull(store, "store is null");
        this.passwords = requireNonNull(passwords, "passwords is null");
    }

    @Override
    public void register(SocketIONamespace namespace) {
        on(namespace, SocketEvents.ROOM_UPDATE, this::update);
        on(namespace, SocketEvents.ADD_HOST, (sender, payload) -> ready(new AddHost(participant(payload))));
        on(namespace, SocketEvents.REMOVE_HOST, (sender, payload) -> ready(new RemoveHost(participant(payload))));
        on(namespace, SocketEvents.KICK, (sender, payload) -> ready(new Kick(participant(payload))));
        on(namespace, SocketEvents.CLOSE, (sender, payload) -> ready(new Close()));
    }

    private void on(SocketIONamespace namespace, String event, CommandReader reader) {
        Requests.on(namespace, event, (sender, payload, ack) -> {
            CompletionStage<SettingsCommand> command = reader.read(sender, payload);
            Replies.settle(
                    () -> command.thenCompose(read -> store.apply(sender.room(), sender.socketId(), read)),
                    sender.client(),
                    ack,
                    event);
        });
    }

    private static String participant(JsonNode payload) throws InvalidPayloadException {
        return ParticipantRequest.read(payload).participantId();
    }

    private static CompletionStage<SettingsCommand> ready(SettingsCommand command) {
        return CompletableFuture.completedStage(command);
    }

    private CompletionStage<SettingsCommand> update(Member sender, JsonNode payload) throws InvalidPayloadException {
        RoomUpdateRequest request = RoomUpdateRequest.read(payload);
        return password(sender, request.password())
                .thenApply(password ->
                        new Update(request.title().map(RoomTitle::of), request.steering(), request.locked(), password));
    }

    /** Hashes a new password, but only for hosts: a hash is too costly for others. */
    private CompletionStage<Optional<PasswordChange>> password(Member sender, Optional<String> typed) {
        if (typed.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        if (typed.get().isEmpty()) {
            return CompletableFuture.completedStage(Optional.of(PasswordChange.REMOVAL));
        }
        return store.settings(sender.room()).thenCompose(settings -> {
            settings.checkHost(sender.arrival().credentials().participantId());
            return passwords.hash(typed.get()).thenApply(password -> Optional.of(PasswordChange.to(password)));
        });
    }
}
