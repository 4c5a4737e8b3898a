package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/** A name that is safe to show to others. */
public record Username(String value) {
    /** The longest name, in code points. */
    public static final int MAX_LENGTH = 50;

    /** The name of a user who gave no usable name. */
    public static final Username ANONYMOUS = new Username("Anonymous");

    /** The name of a client that acts without having joined. */
    public static final Username UNKNOWN = new Username("Unknown");

    public Username {
        requireNonNull(value, "username is null");
        if (value.indexOf('<') >= 0 || value.indexOf('>') >= 0) {
            throw new IllegalArgumentException("username: holds < or > (expected: neither)");
        }
        if (value.isEmpty() || value.codePointCount(0, value.length()) > MAX_LENGTH) {
            throw new IllegalArgumentException("username: %d code points (expected: 1 .. %d)"
                    .formatted(value.codePointCount(0, value.length()), MAX_LENGTH));
        }
    }

    /**
     * Makes a name from the text that a user typed. Removes {@code <}, {@code >} and characters that break a line,
     * change the direction of the text around them or hide. Normalises the text (NFC), trims every kind of space,
     * bounds the marks on one letter, and cuts it at {@value #MAX_LENGTH} code points between characters as people see
     * them. Returns {@link #ANONYMOUS} if nothing visible is left.
     */
    public static Username of(String typed) {
        return orAnonymous(NameCharacters.clean(typed, MAX_LENGTH));
    }

    /**
     * Applies the original's rule, bug for bug: trims the text, cuts it at {@value #MAX_LENGTH} UTF-16 units, and only
     * then removes {@code <} and {@code >}.
     */
    public static Username ofOriginal(String typed) {
        String trimmed = typed.strip();
        String cut = trimmed.length() <= MAX_LENGTH ? trimmed : trimmed.substring(0, MAX_LENGTH);
        return orAnonymous(cut.replaceAll("[<>]", ""));
    }

    private static Username orAnonymous(String name) {
        return name.isEmpty() ? ANONYMOUS : new Username(name);
    }

    @Override
    public String toString() {
        return value;
    }
}
