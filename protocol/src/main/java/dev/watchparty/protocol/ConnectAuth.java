package dev.watchparty.protocol;

import java.util.Optional;

/**
 * What a client may say of itself when it connects: Socket.IO's {@code auth} object. The original's page says nothing.
 * Declared for clients; the server reads what came of it with more patience.
 *
 * @param room the room to enter, {@code [A-Za-z0-9_-]{1,64}}; empty for the default room
 * @param generation 2 for a client whose every play and pause is a person's wish, as our own; empty for one whose player
 *     may echo, as the original's page
 */
public record ConnectAuth(Optional<String> room, Optional<Integer> generation) {}
