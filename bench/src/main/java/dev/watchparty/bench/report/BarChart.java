package dev.watchparty.bench.report;

import static java.util.stream.Collectors.joining;

import dev.watchparty.bench.scenario.Metric;
import dev.watchparty.bench.subject.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One metric of one scenario as bars, by size and subject: the median, with a line from the minimum to the maximum. An
 * SVG that is readable on white and on dark.
 */
public final class BarChart {
    private static final int WIDTH = 760;
    private static final int NAME = 112;
    private static final int LEFT = 200;
    private static final int RIGHT = 150;
    private static final int TOP = 48;
    private static final int ROW = 20;
    private static final int BAR = 13;
    private static final int GAP = 14;

    /** Middle tones, which stand out from both white and black. */
    private static final String STYLE =
            """
            <style>
            text { font: 13px system-ui, sans-serif; fill: #1f2328 }
            .title { font-weight: 600; font-size: 15px }
            .other { fill: #8c959f }
            .ours { fill: #2f81f7 }
            .spread { stroke: #57606a; stroke-width: 1.5 }
            @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .spread { stroke: #c9d1d9 } }
            </style>
            """;

    private final Results results;
    private final String scenario;
    private final Metric metric;
    private final String title;

    private record Bar(Subject subject, Spread spread) {}

    private record Group(int size, List<Bar> bars) {}

    /**
     * Makes a chart.
     *
     * @param title without the unit
     */
    public BarChart(Results results, String scenario, Metric metric, String title) {
        this.results = results;
        this.scenario = scenario;
        this.metric = metric;
        this.title = title;
    }

    /** The whole file; empty if there is nothing to show. */
    public Optional<String> render() {
        List<Group> groups = results.measurements().stream()
                .filter(measurement -> measurement.scenario().equals(scenario))
                .map(Results.Measurement::size)
                .distinct()
                .map(size -> new Group(size, bars(size)))
                .filter(group -> !group.bars().isEmpty())
                .toList();
        return groups.isEmpty() ? Optional.empty() : Optional.of(svg(groups));
    }

    private List<Bar> bars(int size) {
        return Arrays.stream(Subject.values())
                .flatMap(subject ->
                        results
                                .spread(scenario, size, subject, metric)
                                .map(spread -> new Bar(subject, spread))
                                .stream())
                .toList();
    }

    private String svg(List<Group> groups) {
        double longest = groups.stream()
                .flatMap(group -> group.bars().stream())
                .mapToDouble(bar -> bar.spread().max())
                .max()
                .orElseThrow();
        double scale = (WIDTH - LEFT - RIGHT) / Math.max(longest, Double.MIN_NORMAL);
        int height = TOP
                + groups.stream()
                        .mapToInt(group -> GAP + ROW * group.bars().size())
                        .sum();
        StringBuilder body = new StringBuilder();
        int y = TOP;
        for (Group group : groups) {
            body.append(text(8, y + BAR, "", String.format(Locale.ROOT, "%,d users", group.size())));
            body.append(rows(group.bars(), y, scale));
            y += GAP + ROW * group.bars().size();
        }
        return element(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                        WIDTH, height, title)
                + STYLE + text(8, 24, "title", title + ", " + metric.unit()) + body + "</svg>\n";
    }

    private static String rows(List<Bar> bars, int top, double scale) {
        return bars.stream()
                .map(bar -> row(bar, top + ROW * bars.indexOf(bar), scale))
                .collect(joining());
    }

    private static String row(Bar bar, int y, double scale) {
        Spread spread = bar.spread();
        String kind = bar.subject() == Subject.OURS ? "ours" : "other";
        int middle = y + BAR / 2 + 1;
        return text(NAME, y + BAR - 1, "", bar.subject().label())
                + element(
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                        kind, LEFT, y, spread.median() * scale, BAR)
                + element(
                        "<line class=\"spread\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                        LEFT + spread.min() * scale, LEFT + spread.max() * scale, middle, middle)
                + text((int) (LEFT + spread.max() * scale) + 8, y + BAR - 1, "", Numbers.format(spread));
    }

    private static String text(int x, int y, String kind, String text) {
        return element("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", kind, x, y, text);
    }

    private static String element(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
