package dev.watchparty.bench.report;

import static java.util.stream.Collectors.joining;

import dev.watchparty.bench.report.Results.Failure;
import dev.watchparty.bench.report.Results.Measurement;
import dev.watchparty.bench.scenario.Metric;
import dev.watchparty.bench.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The run as tables for a terminal: min–median–max over the rounds. */
public final class TextReport {
    private final Results results;

    public TextReport(Results results) {
        this.results = results;
    }

    /** All tables, with a line break at the end. */
    public String render() {
        StringBuilder out = new StringBuilder();
        for (String scenario : distinct(
                results.measurements().stream().map(Measurement::scenario).toList())) {
            out.append(scenario(scenario)).append('\n');
        }
        List<Goal> goals = Goals.of(results);
        if (!goals.isEmpty()) {
            out.append(goals(goals)).append('\n');
        }
        for (Failure failure : results.failures()) {
            out.append("FAILED %s %d %s, round %d: %s%n"
                    .formatted(
                            failure.scenario(),
                            failure.size(),
                            failure.subject().label(),
                            failure.round(),
                            failure.reason()));
        }
        return out.toString();
    }

    private String scenario(String scenario) {
        List<Measurement> own = results.measurements().stream()
                .filter(measurement -> measurement.scenario().equals(scenario))
                .toList();
        List<Subject> subjects =
                distinct(own.stream().map(Measurement::subject).sorted().toList());
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(scenario, ""));
        subjects.forEach(subject -> head.add(subject.label()));
        rows.add(head);
        for (int size : distinct(own.stream().map(Measurement::size).toList())) {
            for (Metric metric : Metric.values()) {
                List<Optional<Spread>> spreads = subjects.stream()
                        .map(subject -> results.spread(scenario, size, subject, metric))
                        .toList();
                if (spreads.stream().anyMatch(Optional::isPresent)) {
                    List<String> row = new ArrayList<>(List.of(
                            Integer.toString(size),
                            metric.label() + (metric.unit().isEmpty() ? "" : ", " + metric.unit())));
                    spreads.forEach(
                            spread -> row.add(spread.map(Numbers::format).orElse("")));
                    rows.add(row);
                }
            }
        }
        return table(rows);
    }

    private static String goals(List<Goal> goals) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("goal", "wanted", "measured", ""));
        for (Goal goal : goals) {
            rows.add(List.of(
                    goal.name(),
                    goal.wanted(),
                    Numbers.format(goal.measured()),
                    goal.verdict().label()));
        }
        return table(rows);
    }

    private static String table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).collect(joining());
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(row.get(column))
                    .append(" ".repeat(widths[column] - row.get(column).length() + 2));
        }
        return line.toString().stripTrailing() + "\n";
    }

    private static <T> List<T> distinct(List<T> values) {
        return values.stream().distinct().toList();
    }
}
