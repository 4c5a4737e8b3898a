package dev.watchparty.protocol;

import java.util.Arrays;

/** A set of code points, written as ranges. */
final class CodePoints {
    private final int[] firsts;
    private final int[] lasts;

    private CodePoints(int[] firsts, int[] lasts) {
        this.firsts = firsts;
        this.lasts = lasts;
    }

    /**
     * Reads code points and ranges of them.
     *
     * @param ranges hexadecimal, rising, separated by spaces: {@code 20 2000-200A}
     */
    static CodePoints of(String ranges) {
        int[][] parsed = Arrays.stream(ranges.split(" ")).map(CodePoints::range).toArray(int[][]::new);
        return new CodePoints(
                Arrays.stream(parsed).mapToInt(range -> range[0]).toArray(),
                Arrays.stream(parsed).mapToInt(range -> range[1]).toArray());
    }

    private static int[] range(String range) {
        return Arrays.stream((range.contains("-") ? range : range + '-' + range).split("-"))
                .mapToInt(bound -> Integer.parseInt(bound, 16))
                .toArray();
    }

    boolean contains(int codePoint) {
        int place = Arrays.binarySearch(firsts, codePoint);
        int range = place >= 0 ? place : -place - 2;
        return range >= 0 && codePoint <= lasts[range];
    }
}
