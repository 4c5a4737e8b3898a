package dev.watchparty.server.session;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The rule for names of rooms that people choose: {@value #MIN_LENGTH} to {@value #MAX_LENGTH} code points, each a
 * letter, a mark, a digit or {@code -}, of any script, but no mark at the start and none that cannot be seen. Names that
 * look the same in another case or another form are one name (NFKC, lower case).
 */
final class RoomName {
    private static final int MIN_LENGTH = 3;
    private static final int MAX_LENGTH = 40;

    /** The longest text that is read, characters: more than any name has before it is normalised. */
    private static final int MAX_INPUT_LENGTH = 400;

    private RoomName() {}

    /**
     * Returns the one form in which a name is kept. A name in this form stays as it is.
     *
     * @return empty if the text cannot be a name
     */
    static Optional<String> normalised(String typed) {
        if (typed.length() > MAX_INPUT_LENGTH) {
            return Optional.empty();
        }
        String name = compatible(compatible(typed).toLowerCase(Locale.ROOT));
        return isName(name) ? Optional.of(name) : Optional.empty();
    }

    private static String compatible(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static boolean isName(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= MIN_LENGTH
                && length <= MAX_LENGTH
                && !isMark(text.codePointAt(0))
                && text.codePoints().allMatch(RoomName::isAllowed);
    }

    private static boolean isAllowed(int codePoint) {
        boolean isOfName =
                Character.isLetter(codePoint) || Character.isDigit(codePoint) || isMark(codePoint) || codePoint == '-';
        return isOfName && !isInvisible(codePoint);
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** Letters and marks that show nothing (Unicode's default ignorable code points): two names would look the same. */
    private static boolean isInvisible(int codePoint) {
        return codePoint == 0x34F
                || isWithin(codePoint, 0x115F, 0x1160)
                || isWithin(codePoint, 0x17B4, 0x17B5)
                || isWithin(codePoint, 0x180B, 0x180F)
                || codePoint == 0x3164
                || isWithin(codePoint, 0xFE00, 0xFE0F)
                || codePoint == 0xFFA0
                || codePoint == 0x16FE4
                || isWithin(codePoint, 0xE0000, 0xE0FFF);
    }

    private static boolean isWithin(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }
}
