package dev.watchparty.bench.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** The spread of one measurement over its rounds. */
public record Spread(double min, double median, double max) {
    /** Empty if there are no values. */
    public static Optional<Spread> of(Collection<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(
                new Spread(sorted[0], median, Arrays.stream(sorted).max().orElseThrow()));
    }
}
