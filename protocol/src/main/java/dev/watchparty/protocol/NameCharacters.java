package dev.watchparty.protocol;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rules for the characters of a name, one step in each method. A character is removed if it is dangerous: it breaks
 * lines or markup, changes the direction of the text around it, or hides. A character that this Java does not know
 * stays, because it may be next year's emoji.
 *
 * <p>The page has the same rules in {@code username.ts}.
 */
final class NameCharacters {
    /**
     * The most marks on one letter in scripts whose letters stand side by side. More marks are meant to cover the lines
     * around.
     */
    private static final int MAX_MARKS = 4;

    /** The most marks on one letter in scripts that write a syllable as a stack. */
    private static final int MAX_STACKED_MARKS = 8;

    /** The longest code of a region in a flag that is written in tags, such as the flags of Scotland and Wales (5). */
    private static final int MAX_REGION_TAGS = 6;

    /** The part of a typed text that is read, characters: enough for any name, and a bound on the work. */
    private static final int MAX_INPUT_LENGTH = 1000;

    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int CANCEL_TAG = 0xE007F;

    /**
     * Control characters, markup, surrogates, noncharacters; characters that change the direction of text; characters
     * that show nothing and join nothing, whether assigned or reserved for that.
     */
    private static final CodePoints FORBIDDEN =
            CodePoints.of("0-1F 3C 3E 7F-9F AD 34F 61C 115F-1160 17B4-17B5 200B 200E-200F 2028-202E 2060-206F 3164"
                    + " D800-DFFF FDD0-FDEF FEFF FFA0 FFF0-FFFC FFFE-FFFF 16FE4 1BCA0-1BCA3 1D159 1D173-1D17A"
                    + " 1FFFE-1FFFF 2FFFE-2FFFF 3FFFE-3FFFF 4FFFE-4FFFF 5FFFE-5FFFF 6FFFE-6FFFF 7FFFE-7FFFF"
                    + " 8FFFE-8FFFF 9FFFE-9FFFF AFFFE-AFFFF BFFFE-BFFFF CFFFE-CFFFF DFFFE-DFFFF E0000-E001F"
                    + " E0080-E00FF E01F0-E0FFF EFFFE-EFFFF FFFFE-FFFFF 10FFFE-10FFFF");

    /** Spaces of every width, and the empty Braille pattern. */
    private static final CodePoints BLANKS = CodePoints.of("20 A0 1680 2000-200A 202F 205F 2800 3000");

    private static final CodePoints MONGOLIAN_SELECTORS = CodePoints.of("180B-180F");
    private static final CodePoints MONGOLIAN_LETTERS = CodePoints.of("1807 180A 1820-18AA");

    /** Characters that have other forms to choose from: the signs of keys and emoji, and then whole blocks. */
    private static final CodePoints VARIABLE = CodePoints.of("23 2A 30-39 A9 AE 1000-10FFFF");

    private static final CodePoints REGION_TAGS = CodePoints.of("E0030-E0039 E0061-E007A");

    private static final CodePoints STACKING_SCRIPTS =
            CodePoints.of("900-DFF F00-1AAF 1B00-1CFF A800-ABFF 10A00-143FF");

    private NameCharacters() {}

    /**
     * Applies all rules to a typed text.
     *
     * @param maxLength of the result, code points
     * @return the text, which may be empty
     */
    static String clean(String typed, int maxLength) {
        String bounded = typed.length() <= MAX_INPUT_LENGTH ? typed : typed.substring(0, MAX_INPUT_LENGTH);
        return asString(cut(composed(withoutIdleJoiners(allowed(bounded))), maxLength));
    }

    /** Removes the characters that no name may hold, and those at the start that cannot begin a name. */
    static int[] allowed(String text) {
        int[] allowed = text.codePoints().filter(c -> !FORBIDDEN.contains(c)).toArray();
        int start = 0;
        while (start < allowed.length && !canBeFirst(allowed[start])) {
            start++;
        }
        return Arrays.copyOfRange(allowed, start, allowed.length);
    }

    private static boolean canBeFirst(int codePoint) {
        return !BLANKS.contains(codePoint)
                && !Graphemes.isMark(codePoint)
                && !Graphemes.isJoiner(codePoint)
                && !Graphemes.isVariationSelector(codePoint)
                && !Graphemes.isTag(codePoint);
    }

    /** Keeps joiners, variation selectors and tags only where they affect the character before them. */
    static int[] withoutIdleJoiners(int[] text) {
        IntStream.Builder kept = IntStream.builder();
        int base = 0; // the character that the marks and signs so far belong to; 0 if it is not visible
        int before = 0;
        for (int i = 0; i < text.length; i++) {
            int current = text[i];
            if (!isNeeded(text, i, base, before)) {
                continue;
            }
            kept.add(current);
            if (BLANKS.contains(current)) {
                base = 0;
            } else if (canBeFirst(current) && !(Graphemes.isSkinTone(current) && Graphemes.isPictograph(base))) {
                base = current;
            }
            before = current;
        }
        return kept.build().toArray();
    }

    private static boolean isNeeded(int[] text, int index, int base, int before) {
        int current = text[index];
        if (Graphemes.isJoiner(current)) {
            return !Graphemes.isJoiner(before)
                    && (Graphemes.isOfJoiningScript(base)
                            || (current == Graphemes.ZERO_WIDTH_JOINER
                                    && Graphemes.isPictograph(base)
                                    && index + 1 < text.length
                                    && Graphemes.isPictograph(text[index + 1])));
        }
        if (MONGOLIAN_SELECTORS.contains(current)) {
            return MONGOLIAN_LETTERS.contains(before);
        }
        if (Graphemes.isVariationSelector(current)) {
            return before == base && VARIABLE.contains(base);
        }
        return !Graphemes.isTag(current) || isOfFlag(text, index);
    }

    private static boolean isOfFlag(int[] text, int index) {
        int first = index;
        while (first > 0 && Graphemes.isTag(text[first - 1])) {
            first--;
        }
        int last = first;
        while (last < text.length && REGION_TAGS.contains(text[last])) {
            last++;
        }
        return first > 0
                && text[first - 1] == BLACK_FLAG
                && last > first
                && last - first <= MAX_REGION_TAGS
                && last < text.length
                && text[last] == CANCEL_TAG
                && index <= last;
    }

    /** Writes characters that look the same in the same way (NFC), with no more marks than letters can have. */
    static int[] composed(int[] text) {
        int[] composed = Normalizer.normalize(asString(text), Normalizer.Form.NFC)
                .codePoints()
                .toArray();
        IntStream.Builder kept = IntStream.builder();
        int marks = 0;
        int maxMarks = MAX_MARKS;
        for (int codePoint : composed) {
            if (Graphemes.isMark(codePoint)) {
                marks++;
            } else if (!Graphemes.isJoiner(codePoint)) {
                marks = 0;
                maxMarks = STACKING_SCRIPTS.contains(codePoint) ? MAX_STACKED_MARKS : MAX_MARKS;
            }
            if (marks <= maxMarks) {
                kept.add(codePoint);
            }
        }
        return kept.build().toArray();
    }

    /**
     * Keeps at most {@code length} code points, cuts between characters as people see them, and leaves no spaces at the
     * end.
     */
    static int[] cut(int[] text, int length) {
        int end = 0;
        while (end < text.length && Graphemes.end(text, end) <= length) {
            end = Graphemes.end(text, end);
        }
        boolean isOneCharacter = end == 0 && text.length > 0;
        return withoutBlanksAtEnd(
                isOneCharacter ? withoutIdleJoiners(Arrays.copyOf(text, length)) : Arrays.copyOf(text, end));
    }

    private static int[] withoutBlanksAtEnd(int[] text) {
        int end = text.length;
        while (end > 0 && BLANKS.contains(text[end - 1])) {
            end--;
        }
        return Arrays.copyOf(text, end);
    }

    static String asString(int[] text) {
        return new String(text, 0, text.length);
    }
}
