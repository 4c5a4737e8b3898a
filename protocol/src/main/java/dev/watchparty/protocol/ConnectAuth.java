package dev.watchparty.protocol;

import java.util.Optional;

/**
 * The settings that a client may send when it connects: Socket.IO's {@code auth} object. The original's page sends
 * none. This record is for clients; the server reads the object more leniently.
 *
 * @param room the room to enter, 1 to 64 characters; empty for the default room
 * @param generation 3 for a client that knows identities and hosts, as our page does; 2 for a client that only sends a
 *     play or a pause when a person wants it; empty for a client whose player may send echoes, as the original's page
 *     does
 * @param identity the token of {@link SessionIdentity}, if the client has one for this room
 * @param password of the room, if the person has typed one
 */
public record ConnectAuth(
        Optional<String> room, Optional<Integer> generation, Optional<String> identity, Optional<String> password) {}
