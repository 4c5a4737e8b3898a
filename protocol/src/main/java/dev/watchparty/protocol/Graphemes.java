package dev.watchparty.protocol;

/**
 * Splits text into characters as people see them: a letter with its marks, a syllable that is written as one, an emoji
 * with all its parts.
 *
 * <p>The rules are those of <a href="https://www.unicode.org/reports/tr29/">UAX #29</a>, simplified only where the
 * simpler rule joins more. They use the blocks that Unicode reserves for a purpose, not a table of the characters that
 * were assigned when this Java was built: Java 17 does not know the emoji of after 2020. The page has the same rules in
 * {@code graphemes.ts}.
 */
final class Graphemes {
    static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Marks that were added after Unicode 13, the version of Java 17, up to Unicode 17. */
    private static final CodePoints LATER_MARKS =
            CodePoints.of("897-89F 8CA-8D2 C3C CF3 ECE 1715 180F 1AC1-1ADD 1AE0-1AEB 1DFA 10D69-10D6D 10EFA-10EFF"
                    + " 10F82-10F85 11070 11073-11074 110C2 11241 113B8-113C0 113C2 113C5 113C7-113CA 113CC-113D0 113D2"
                    + " 113E1-113E2 11B60-11B67 11F00-11F01 11F03 11F34-11F3A 11F3E-11F42 11F5A 13440 13447-13455"
                    + " 1611E-1612F 1CF00-1CF2D 1CF30-1CF46 1E08F 1E2AE 1E4EC-1E4EF 1E5EE-1E5EF 1E6E3 1E6E6 1E6EE-1E6EF"
                    + " 1E6F5");

    /** Their category does not make them marks, but they belong to the character before them. */
    private static final CodePoints LIKE_MARKS = CodePoints.of("E33 EB3 FF9E-FF9F 13430-1343F");

    private static final CodePoints VARIATION_SELECTORS = CodePoints.of("180B-180F FE00-FE0F E0100-E01EF");
    private static final CodePoints TAGS = CodePoints.of("E0020-E007F");
    private static final CodePoints SKIN_TONES = CodePoints.of("1F3FB-1F3FF");
    private static final CodePoints REGIONAL_INDICATORS = CodePoints.of("1F1E6-1F1FF");

    /** The blocks of symbols that hold all emoji, present and future. */
    private static final CodePoints PICTOGRAPHS = CodePoints.of(
            "A9 AE 203C 2049 2100-23FF 2460-27FF 2900-2BFF 3030 303D 3297 3299 1F000-1F1E5 1F200-1F3FA 1F400-1FAFF"
                    + " 1FC00-1FFFD");

    /** Signs that join the letter before them and the letter after them into one syllable. */
    private static final CodePoints LINKERS =
            CodePoints.of("94D 9CD ACD B4D C4D D4D 1039 17D2 1A60 1B44 1BAB A9C0 AAF6 10A3F 11133 113D0 1193E 11A47"
                    + " 11A99 11F42");

    /** Signs that belong to the character after them. */
    private static final CodePoints PREPENDED = CodePoints.of(
            "600-605 6DD 70F 890-891 8E2 D4E 110BD 110CD 111C2-111C3 113D1 1193F 11941 11A84-11A89 11D46" + " 11F02");

    private static final CodePoints HANGUL_LEADING = CodePoints.of("1100-115F A960-A97C");
    private static final CodePoints HANGUL_VOWELS = CodePoints.of("1160-11A7 D7B0-D7C6");
    private static final CodePoints HANGUL_TRAILING = CodePoints.of("11A8-11FF D7CB-D7FB");
    private static final CodePoints HANGUL_SYLLABLES = CodePoints.of("AC00-D7A3");

    /** The blocks of the scripts whose letters change with their neighbours. Joiners have a meaning there. */
    private static final CodePoints JOINING_SCRIPTS =
            CodePoints.of("600-8FF 900-DFF 1000-109F 1780-18AF 1900-1AAF 1B00-1BFF A800-A8FF A980-AADF AAE0-AAFF"
                    + " ABC0-ABFF FB50-FDCF FDF0-FDFF FE70-FEFC 10A00-10A5F 10AC0-10AFF 10B80-10BAF 10D00-10D8F"
                    + " 10E80-10FFF 11000-11FFF 1E900-1E95F");

    private Graphemes() {}

    /**
     * Returns the index where the character that begins at {@code start} ends. It is at least one code point further.
     */
    static int end(int[] text, int start) {
        int end = start + 1;
        while (end < text.length && isInside(text, start, end)) {
            end++;
        }
        return end;
    }

    private static boolean isInside(int[] text, int start, int index) {
        int before = text[index - 1];
        int after = text[index];
        return attaches(after)
                || before == ZERO_WIDTH_JOINER
                || PREPENDED.contains(before)
                || (LINKERS.contains(before) && isOfJoiningScript(after))
                || (index - start == 1 && REGIONAL_INDICATORS.contains(before) && REGIONAL_INDICATORS.contains(after))
                || isHangulSyllable(before, after);
    }

    private static boolean isHangulSyllable(int before, int after) {
        boolean afterLeading = HANGUL_LEADING.contains(before);
        if (HANGUL_LEADING.contains(after) || HANGUL_SYLLABLES.contains(after)) {
            return afterLeading;
        }
        boolean afterVowel = HANGUL_VOWELS.contains(before) || HANGUL_SYLLABLES.contains(before);
        if (HANGUL_VOWELS.contains(after)) {
            return afterLeading || afterVowel;
        }
        return HANGUL_TRAILING.contains(after) && (afterVowel || HANGUL_TRAILING.contains(before));
    }

    /** Whether it belongs to the character before it, whatever that character is. */
    private static boolean attaches(int codePoint) {
        return codePoint >= 0x300
                && (isMark(codePoint)
                        || isJoiner(codePoint)
                        || isVariationSelector(codePoint)
                        || isTag(codePoint)
                        || isSkinTone(codePoint));
    }

    /** Whether it is written on, under or beside the letter before it. */
    static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> LATER_MARKS.contains(codePoint) || LIKE_MARKS.contains(codePoint);
        };
    }

    static boolean isJoiner(int codePoint) {
        return codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
    }

    /**
     * Whether it selects the form of the character before it. This includes Mongolian's selectors and its vowel
     * separator.
     */
    static boolean isVariationSelector(int codePoint) {
        return VARIATION_SELECTORS.contains(codePoint);
    }

    static boolean isTag(int codePoint) {
        return TAGS.contains(codePoint);
    }

    static boolean isSkinTone(int codePoint) {
        return SKIN_TONES.contains(codePoint);
    }

    static boolean isPictograph(int codePoint) {
        return PICTOGRAPHS.contains(codePoint);
    }

    static boolean isOfJoiningScript(int codePoint) {
        return JOINING_SCRIPTS.contains(codePoint);
    }
}
