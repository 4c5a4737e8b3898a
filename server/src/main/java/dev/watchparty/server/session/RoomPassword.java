package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

/**
 * The trace that a room keeps of its password: enough to recognise it, and too little to find it out.
 *
 * @param hash with its salt and its cost, as {@code identity.Passwords} writes them; differs from that of every other
 *     password, and from that of the same password set again
 */
public record RoomPassword(String hash) {
    public RoomPassword {
        requireNonNull(hash, "hash is null");
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "RoomPassword";
    }
}
