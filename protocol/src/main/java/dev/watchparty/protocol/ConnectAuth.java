package dev.watchparty.protocol;

import java.util.Optional;

/**
 * The settings that a client may send when it connects: Socket.IO's {@code auth} object. The original's page sends
 * none. This record is for clients; the server reads the object more leniently.
 *
 * @param room the room to enter, {@code [A-Za-z0-9_-]{1,64}}; empty for the default room
 * @param generation 2 for a client that sends a play or a pause only when a person wants it, as our page does; empty
 *     for a client whose player may send echoes, as the original's page does
 */
public record ConnectAuth(Optional<String> room, Optional<Integer> generation) {}
