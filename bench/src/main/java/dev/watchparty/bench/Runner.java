package dev.watchparty.bench;

import static java.util.stream.Collectors.joining;

import dev.watchparty.bench.report.Results;
import dev.watchparty.bench.scenario.Metric;
import dev.watchparty.bench.scenario.Scenario;
import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.Subjects;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes subjects in turns, so that other work of the machine affects all of them, and none always runs first: A B C, B
 * C A, C A B, … All sizes are measured in each round, so that sizes that are compared were measured near in time.
 */
final class Runner {
    private final Subjects subjects;
    private final int rounds;
    private final PrintStream progress;
    private final Results results = new Results();

    Runner(Subjects subjects, int rounds, PrintStream progress) {
        this.subjects = subjects;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Runs the generator until its own code is compiled, so that it costs the first subject no more than the last. */
    void warmUpGenerator(Scenario scenario) {
        progress.println("warming up the generator");
        scenario.measure(subjects, Subject.FLOOR, scenario.sizes().get(0));
    }

    void run(Scenario scenario, List<Subject> wanted) {
        List<Subject> suited = wanted.stream().filter(scenario::suits).toList();
        for (int round = 1; round <= scenario.rounds(rounds); round++) {
            for (int size : scenario.sizes()) {
                for (Subject subject : inTurn(suited, round)) {
                    run(scenario, size, round, subject);
                }
            }
        }
    }

    /**
     * The same subjects: in the first round in their given order, and in each later round starting with the next one.
     */
    private static List<Subject> inTurn(List<Subject> subjects, int round) {
        List<Subject> rotated = new ArrayList<>(subjects);
        Collections.rotate(rotated, 1 - round);
        return rotated;
    }

    /** All measurements so far. */
    Results results() {
        return results;
    }

    private void run(Scenario scenario, int size, int round, Subject subject) {
        progress.printf(
                Locale.ROOT,
                "%s %,d %s, round %d of %d, load %.1f, %s: ",
                scenario.name(),
                size,
                scenario.sizeUnit(),
                round,
                scenario.rounds(rounds),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                subject.label());
        progress.flush();
        try {
            Map<Metric, Double> values = scenario.measure(subjects, subject, size);
            results.add(new Results.Measurement(scenario.name(), size, subject, round, values));
            progress.println(new EnumMap<>(values)
                    .entrySet().stream()
                            .map(value -> String.format(
                                            Locale.ROOT,
                                            "%.4g %s",
                                            value.getValue(),
                                            value.getKey().unit())
                                    .strip())
                            .collect(joining(", ")));
        } catch (IllegalStateException | UncheckedIOException e) {
            results.add(new Results.Failure(scenario.name(), size, subject, round, e.getMessage()));
            progress.println("FAILED: " + e.getMessage());
        }
    }
}
