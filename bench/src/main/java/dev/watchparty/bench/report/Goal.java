package dev.watchparty.bench.report;

/**
 * A ratio or size that the project aims for, with its measurement.
 *
 * @param atMost whether less is better
 */
public record Goal(String name, Spread measured, double limit, boolean atMost) {
    /** The verdict of the rounds. */
    enum Verdict {
        /** All of them are within the limit. */
        MET("met"),
        /** None of them is. */
        MISSED("MISSED"),
        /** Some are, and some are not. */
        UNDECIDED("undecided");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    Verdict verdict() {
        boolean least = isWithin(measured.min());
        boolean most = isWithin(measured.max());
        if (least != most) {
            return Verdict.UNDECIDED;
        }
        return least ? Verdict.MET : Verdict.MISSED;
    }

    private boolean isWithin(double value) {
        return atMost ? value <= limit : value >= limit;
    }

    String wanted() {
        return (atMost ? "≤ " : "≥ ") + Numbers.format(limit);
    }
}
