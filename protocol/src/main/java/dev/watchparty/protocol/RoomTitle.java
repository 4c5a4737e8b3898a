package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/** The title of a room, safe to show to everyone. */
public record RoomTitle(String value) {
    /** The longest title, in code points. */
    public static final int MAX_LENGTH = 80;

    /** The longest text that is read as a title, characters. */
    static final int MAX_INPUT_LENGTH = 1000;

    /** The title of a room that nobody has given one. */
    public static final RoomTitle NONE = new RoomTitle("");

    public RoomTitle {
        requireNonNull(value, "title is null");
        if (value.indexOf('<') >= 0 || value.indexOf('>') >= 0) {
            throw new IllegalArgumentException("title: holds < or > (expected: neither)");
        }
        if (value.codePointCount(0, value.length()) > MAX_LENGTH) {
            throw new IllegalArgumentException("title: %d code points (expected: 0 .. %d)"
                    .formatted(value.codePointCount(0, value.length()), MAX_LENGTH));
        }
    }

    /** Makes a title from the text that a host typed, by the rules of {@link Username#of}. It may be empty. */
    public static RoomTitle of(String typed) {
        return new RoomTitle(NameCharacters.clean(typed, MAX_LENGTH));
    }

    @Override
    public String toString() {
        return value;
    }
}
