package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.HandshakeData;
import dev.watchparty.server.session.RoomId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides whether a client may enter a room; for programs that know their users. */
@FunctionalInterface
public interface AdmissionCheck {
    /** Lets every client into every room. */
    AdmissionCheck EVERYBODY = (handshake, room) -> CompletableFuture.completedStage(Optional.empty());

    /**
     * Called on an event loop for every client that connects or comes back. It must not block; a check that asks
     * another service returns a stage that is not complete yet.
     *
     * <p>If the stage fails, the client's connection is closed, and the client tries again.
     *
     * @param handshake the data that the client sent about itself: headers, query parameters, and the {@code auth}
     *     object as {@link HandshakeData#getAuthToken}. None of it is trusted
     * @param room the room that the client wants to enter
     * @return empty to admit the client, or else the reason to refuse it
     */
    CompletionStage<Optional<Refusal>> check(HandshakeData handshake, RoomId room);

    /**
     * The {@code connect_error} that the client gets. The client does not try again by itself.
     *
     * @param message the error's text
     * @param data the error's {@code data}, for programs
     */
    record Refusal(String message, Map<String, ?> data) {
        public Refusal {
            requireNonNull(message, "message is null");
            data = Map.copyOf(data);
        }
    }
}
