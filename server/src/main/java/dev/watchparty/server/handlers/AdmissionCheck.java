package dev.watchparty.server.handlers;

import com.corundumstudio.socketio.HandshakeData;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.socketio.Admission.Refused;
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
    CompletionStage<Optional<Refused>> check(HandshakeData handshake, RoomId room);
}
