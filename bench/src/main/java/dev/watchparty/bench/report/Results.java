package dev.watchparty.bench.report;

import static java.util.Objects.requireNonNull;

import dev.watchparty.bench.scenario.Metric;
import dev.watchparty.bench.subject.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that a run has measured. */
public final class Results {
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    /** The values of one subject in one round of a scenario at a size. */
    public record Measurement(String scenario, int size, Subject subject, int round, Map<Metric, Double> values) {
        public Measurement {
            requireNonNull(scenario, "scenario is null");
            requireNonNull(subject, "subject is null");
            values = Map.copyOf(values);
        }
    }

    /** A subject that did not behave as it should. */
    public record Failure(String scenario, int size, Subject subject, int round, String reason) {}

    public void add(Measurement measurement) {
        measurements.add(measurement);
    }

    public void add(Failure failure) {
        failures.add(failure);
    }

    public List<Measurement> measurements() {
        return Collections.unmodifiableList(measurements);
    }

    public List<Failure> failures() {
        return Collections.unmodifiableList(failures);
    }

    /** One metric of one subject over the rounds; empty if it was not measured. */
    public Optional<Spread> spread(String scenario, int size, Subject subject, Metric metric) {
        return Spread.of(byRound(scenario, size, subject, metric).values());
    }

    /** One metric of a subject divided by that of another, round by round: they ran one after the other. */
    public Optional<Spread> ratio(String scenario, int size, Metric metric, Subject subject, Subject other) {
        return ratio(byRound(scenario, size, subject, metric), byRound(scenario, size, other, metric));
    }

    /** How much one metric of a subject is above that of another, round by round. */
    public Optional<Spread> difference(String scenario, int size, Metric metric, Subject subject, Subject other) {
        Map<Integer, Double> others = byRound(scenario, size, other, metric);
        return Spread.of(byRound(scenario, size, subject, metric).entrySet().stream()
                .filter(value -> others.containsKey(value.getKey()))
                .map(value -> value.getValue() - others.get(value.getKey()))
                .toList());
    }

    /** One metric of a subject divided by another metric of it, round by round. */
    public Optional<Spread> ratio(String scenario, int size, Subject subject, Metric metric, Metric other) {
        return ratio(byRound(scenario, size, subject, metric), byRound(scenario, size, subject, other));
    }

    /** One metric of a subject at a size divided by that at another size, round by round. */
    public Optional<Spread> growth(String scenario, Subject subject, Metric metric, int size, int otherSize) {
        return ratio(byRound(scenario, size, subject, metric), byRound(scenario, otherSize, subject, metric));
    }

    private static Optional<Spread> ratio(Map<Integer, Double> values, Map<Integer, Double> others) {
        return Spread.of(values.entrySet().stream()
                .filter(value -> others.containsKey(value.getKey()))
                .map(value -> value.getValue() / others.get(value.getKey()))
                .toList());
    }

    private Map<Integer, Double> byRound(String scenario, int size, Subject subject, Metric metric) {
        Map<Integer, Double> byRound = new TreeMap<>();
        for (Measurement measurement : measurements) {
            if (measurement.scenario().equals(scenario)
                    && measurement.size() == size
                    && measurement.subject() == subject
                    && measurement.values().containsKey(metric)) {
                byRound.put(measurement.round(), measurement.values().get(metric));
            }
        }
        return byRound;
    }
}
