package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a room: one session of people who watch together.
 *
 * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ -}, or 3 to 40 letters, marks and digits of any script, and
 *     {@code -}, normalised (NFKC) and in lower case
 */
public record RoomId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** The room of a client that names none: the one global session of the original. */
    public static final RoomId DEFAULT = new RoomId("default");

    public RoomId {
        requireNonNull(value, "room is null");
        if (!isPlain(value) && !RoomName.normalised(value).equals(Optional.of(value))) {
            throw new IllegalArgumentException(
                    "room: a text of %d characters (expected: 1 .. 64 of A-Z a-z 0-9 _ -, or 3 .. 40 letters, digits and -)"
                            .formatted(value.length()));
        }
    }

    /**
     * Returns the room of that name, or empty if the name is not valid. A name of {@code A-Z a-z 0-9 _ -} stays as it is;
     * any other is normalised.
     */
    public static Optional<RoomId> parse(String name) {
        return isPlain(name) ? Optional.of(new RoomId(name)) : chosen(name);
    }

    /**
     * Returns the room that a person creates under a name: 3 to 40 letters, marks and digits of any script, and {@code
     * -}, normalised (NFKC) and in lower case; empty if the name is not valid.
     */
    public static Optional<RoomId> chosen(String name) {
        return RoomName.normalised(name).map(RoomId::new);
    }

    private static boolean isPlain(String name) {
        return FORM.matcher(name).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
