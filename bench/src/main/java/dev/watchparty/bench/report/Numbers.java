package dev.watchparty.bench.report;

import java.util.Locale;

/** Numbers as people read them: three significant digits. */
final class Numbers {
    private Numbers() {}

    static String format(double value) {
        double magnitude = Math.abs(value);
        int decimals = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** Min–median–max, or the single value. */
    static String format(Spread spread) {
        return spread.min() == spread.max()
                ? format(spread.median())
                : format(spread.min()) + "–" + format(spread.median()) + "–" + format(spread.max());
    }
}
