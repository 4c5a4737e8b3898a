package dev.watchparty.bench.report;

/**
 * A ratio or size that the project wants, beside what was measured. It is met if the median is.
 *
 * @param atMost whether less is better
 */
public record Goal(String name, Spread measured, double limit, boolean atMost) {
    boolean isMet() {
        return atMost ? measured.median() <= limit : measured.median() >= limit;
    }

    String wanted() {
        return (atMost ? "≤ " : "≥ ") + Numbers.format(limit);
    }
}
