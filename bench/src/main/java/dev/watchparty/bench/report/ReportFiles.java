package dev.watchparty.bench.report;

import dev.watchparty.bench.scenario.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The run as files: the tables, JSON, and charts of the available results. */
public final class ReportFiles {
    private final Path folder;
    private final Machine machine;

    public ReportFiles(Path folder, Machine machine) {
        this.folder = folder;
        this.machine = machine;
    }

    /** Overwrites the files of an earlier run, and deletes its charts of metrics that were not measured now. */
    public void write(Results results) {
        write("results.txt", machine.describe() + "\n\n" + new TextReport(results).render());
        write("results.json", new JsonReport(machine, results).render());
        chart(results, "fanout", Metric.CPU_PER_DELIVERY, "CPU per delivered message");
        chart(results, "fanout", Metric.LAST_RECEIVER, "Until the last receiver has a broadcast");
        chart(results, "storm", Metric.JOIN_TIME, "All join at once: until all lists are right");
        chart(results, "memory", Metric.RESIDENT, "Resident memory");
    }

    private void chart(Results results, String scenario, Metric metric, String title) {
        String name = scenario + "-" + JsonReport.key(metric) + ".svg";
        new BarChart(results, scenario, metric, title)
                .render()
                .ifPresentOrElse(svg -> write(name, svg), () -> delete(name));
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be deleted: %s".formatted(name, e.getMessage()), e);
        }
    }

    private void write(String name, String content) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(name, e.getMessage()), e);
        }
    }
}
