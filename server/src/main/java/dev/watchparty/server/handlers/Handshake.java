package dev.watchparty.server.handlers;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.HandshakeData;
import dev.watchparty.protocol.RoomUpdateRequest;
import dev.watchparty.server.session.RoomId;
import java.util.Map;
import java.util.Optional;

/**
 * The data that a client sent about itself when it connected. None of it is trusted.
 *
 * @param room from {@code auth.room}, or else the query's {@code room}, or else the default one
 * @param generation {@code auth.generation}, or 1
 * @param identity the token {@code auth.identity}
 * @param password {@code auth.password}, 1 to {@value RoomUpdateRequest#MAX_PASSWORD_LENGTH} characters
 */
record Handshake(RoomId room, int generation, Optional<String> identity, Optional<String> password) {
    /** The first generation of clients that send only commands that a person gave. */
    private static final int GENERATION_WITHOUT_ECHOES = 2;

    Handshake {
        requireNonNull(room, "room is null");
        requireNonNull(identity, "identity is null");
        requireNonNull(password, "password is null");
    }

    /** Returns empty if the name of the requested room is not valid. */
    static Optional<Handshake> read(HandshakeData data) {
        Map<?, ?> auth = data.getAuthToken() instanceof Map<?, ?> map ? map : Map.of();
        int generation = auth.get("generation") instanceof Number number ? Math.max(1, number.intValue()) : 1;
        Optional<String> password = text(auth, "password")
                .filter(text -> !text.isEmpty() && text.length() <= RoomUpdateRequest.MAX_PASSWORD_LENGTH);
        return room(auth.get("room"), data.getSingleUrlParam("room"))
                .map(room -> new Handshake(room, generation, text(auth, "identity"), password));
    }

    /** Whether the echoes of the client's player arrive as commands. */
    boolean echoes() {
        return generation < GENERATION_WITHOUT_ECHOES;
    }

    private static Optional<String> text(Map<?, ?> auth, String key) {
        return auth.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<RoomId> room(Object fromAuth, String fromQuery) {
        Object name = fromAuth != null ? fromAuth : fromQuery;
        if (name == null || name.equals("")) {
            return Optional.of(RoomId.DEFAULT);
        }
        return name instanceof String text ? RoomId.parse(text) : Optional.empty();
    }
}
