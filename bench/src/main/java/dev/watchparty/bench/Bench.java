package dev.watchparty.bench;

import dev.watchparty.bench.report.Machine;
import dev.watchparty.bench.report.ReportFiles;
import dev.watchparty.bench.report.TextReport;
import dev.watchparty.bench.scenario.Scenario;
import dev.watchparty.bench.scenario.Scenarios;
import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.Subjects;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs benchmarks and prints the results. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compares the server with its peers and with the price of the kernel.",
            "",
            "Every subject runs as a process of its own, one after the other, in rounds. Without options everything is"
                    + " measured, which takes some three hours; --quick takes six minutes.",
            ""
        },
        footer = {
            "",
            "Exit status: 0 if everything was measured, 1 if a subject lost, reordered or repeated a message, or failed"
                    + " otherwise, 2 if an option is wrong.",
            "",
            "  java -jar bench.jar jmh [options of JMH]   runs the microbenchmarks instead.",
            "  java -jar bench.jar chaos [options]        lets nodes and Redis fail, and checks the parties; see its --help."
        })
public final class Bench implements Callable<Integer> {
    @Mixin
    private BenchOptions options;

    private Bench() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        if (args.length > 0 && args[0].equals("chaos")) {
            System.exit(run(new Chaos(), Arrays.copyOfRange(args, 1, args.length)));
        }
        System.exit(run(args));
    }

    /** Like {@link #main}, but returns the exit status. */
    static int run(String... args) {
        return run(new Bench(), args);
    }

    private static int run(Object command, String... args) {
        return new CommandLine(command)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (!(e instanceof IllegalArgumentException)) {
                        throw e;
                    }
                    System.err.println(e.getMessage());
                    return 2;
                })
                .execute(args);
    }

    @Override
    public Integer call() {
        List<Scenario> scenarios = Scenarios.of(options.scenarios(), options.sizes(), options.load());
        List<Subject> wanted = options.subjects();
        OpenFiles.require(scenarios);
        Subjects subjects = options.startable();
        Runner runner = new Runner(subjects, options.rounds(), System.out);
        runner.warmUpGenerator(Scenarios.warmUp(options.load()));
        ReportFiles report = new ReportFiles(
                options.reportFolder(), Machine.current(subjects.nodeVersion(), options.serverOptions()));
        for (Scenario scenario : scenarios) {
            runner.run(scenario, wanted);
            report.write(runner.results()); // hours of work are not lost if somebody stops the run
        }
        System.out.println();
        System.out.print(new TextReport(runner.results()).render());
        System.out.println("Written to " + options.reportFolder());
        return runner.results().failures().isEmpty() ? 0 : 1;
    }
}
