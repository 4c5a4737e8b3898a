package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

import java.text.Normalizer;
import java.util.stream.IntStream;

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
     * Makes a name of what somebody typed: normalised (NFC), without {@code <}, {@code >} and the characters that cannot
     * be seen or that turn the text around them, trimmed, cut at {@value #MAX_LENGTH} code points. {@link #ANONYMOUS} if
     * nothing is left.
     */
    public static Username of(String typed) {
        String bounded = typed.length() <= MAX_INPUT_LENGTH ? typed : typed.substring(0, MAX_INPUT_LENGTH);
        String visible = codePoints(
                Normalizer.normalize(bounded, Normalizer.Form.NFC).codePoints().filter(Username::isAllowed));
        return orAnonymous(
                codePoints(visible.strip().codePoints().limit(MAX_LENGTH)).strip());
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

    private static boolean isAllowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> codePoint != '<' && codePoint != '>' && !isBlankLetter(codePoint);
        };
    }

    /** Letters and symbols that show nothing: combining grapheme joiner, Hangul fillers, the empty Braille pattern. */
    private static boolean isBlankLetter(int codePoint) {
        return switch (codePoint) {
            case 0x034F, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> false;
        };
    }

    private static String codePoints(IntStream codePoints) {
        return codePoints
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
