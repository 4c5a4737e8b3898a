package dev.watchparty.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.watchparty.bench.report.Results.Failure;
import dev.watchparty.bench.report.Results.Measurement;
import dev.watchparty.bench.scenario.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The run in a form for other programs: each value of each round, and the goals. */
public final class JsonReport {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Machine machine;
    private final Results results;

    public JsonReport(Machine machine, Results results) {
        this.machine = machine;
        this.results = results;
    }

    /** The whole file. */
    public String render() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", machine);
        report.put("units", units());
        report.put(
                "measurements",
                results.measurements().stream().map(JsonReport::measurement).toList());
        report.put(
                "failures", results.failures().stream().map(JsonReport::failure).toList());
        report.put("goals", Goals.of(results).stream().map(JsonReport::goal).toList());
        try {
            return MAPPER.writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String key(Metric metric) {
        return metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Map<String, String> units() {
        Map<String, String> units = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            units.put(key(metric), metric.unit());
        }
        return units;
    }

    private static Map<String, Object> measurement(Measurement measurement) {
        Map<String, Object> json = place(
                measurement.scenario(),
                measurement.size(),
                measurement.subject().label(),
                measurement.round());
        for (Metric metric : Metric.values()) {
            if (measurement.values().containsKey(metric)) {
                json.put(key(metric), rounded(measurement.values().get(metric)));
            }
        }
        return json;
    }

    private static Map<String, Object> failure(Failure failure) {
        Map<String, Object> json =
                place(failure.scenario(), failure.size(), failure.subject().label(), failure.round());
        json.put("reason", failure.reason());
        return json;
    }

    private static Map<String, Object> place(String scenario, int size, String subject, int round) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("scenario", scenario);
        json.put("size", size);
        json.put("subject", subject);
        json.put("round", round);
        return json;
    }

    private static Map<String, Object> goal(Goal goal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", goal.name());
        json.put(goal.atMost() ? "at-most" : "at-least", goal.limit());
        json.put(
                "measured",
                List.of(
                        rounded(goal.measured().min()),
                        rounded(goal.measured().median()),
                        rounded(goal.measured().max())));
        json.put("verdict", goal.verdict().label().toLowerCase(Locale.ROOT));
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
