package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/**
 * A name that is fit to be shown to others.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters, none of them {@code <} or {@code >}
 */
public record Username(String value) {
    /** The longest name, in code points. */
    public static final int MAX_LENGTH = 50;

    /** The name of who gave none that can be used. */
    public static final Username ANONYMOUS = new Username("Anonymous");

    /** The name of who acts without having joined. */
    public static final Username UNKNOWN = new Username("Unknown");

    /** What is looked at of a text, characters: enough for any name, and a bound on the work. */
    private static final int MAX_INPUT_LENGTH = 1000;

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
     * Makes a name of what somebody typed: without {@code <}, {@code >} and what breaks a line, turns the text around it or
     * hides; normalised (NFC), trimmed of every kind of space, with a bound on the marks of one letter, and cut at
     * {@value #MAX_LENGTH} code points between characters as people see them. {@link #ANONYMOUS} if there is nothing left to
     * be seen.
     */
    public static Username of(String typed) {
        String bounded = typed.length() <= MAX_INPUT_LENGTH ? typed : typed.substring(0, MAX_INPUT_LENGTH);
        int[] fitting = NameCharacters.withoutIdleJoiners(NameCharacters.allowed(bounded));
        return orAnonymous(NameCharacters.asString(NameCharacters.cut(NameCharacters.composed(fitting), MAX_LENGTH)));
    }

    /**
     * The original's rule, bug for bug: trimmed, cut at {@value #MAX_LENGTH} UTF-16 units, only then without {@code <}
     * and {@code >}.
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
