package dev.watchparty.bench;

import dev.watchparty.bench.chaos.ChaosRun;
import dev.watchparty.bench.subject.Cluster;
import dev.watchparty.bench.subject.Subject;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs several nodes on Redis under faults. */
@Command(
        name = "bench chaos",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Kills, pauses, restarts and cuts nodes and Redis while people watch and command, and checks all that they are"
                    + " told. Of the options of the benchmarks only those of the servers and folders matter.",
            ""
        },
        footer = {"", "Exit status: 0 if all rules held, 1 if not, 2 if an option is wrong."})
final class Chaos implements Callable<Integer> {
    @Option(names = "--people", paramLabel = "<n>", defaultValue = "600", description = "Default: ${DEFAULT-VALUE}.")
    private int people;

    @Option(
            names = "--party-rooms",
            paramLabel = "<n>",
            defaultValue = "30",
            description = "Default: ${DEFAULT-VALUE}.")
    private int rooms;

    @Option(names = "--nodes", paramLabel = "<n>", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--minutes",
            paramLabel = "<n>",
            defaultValue = "10",
            description = "How long faults happen. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--commands",
            paramLabel = "<n>",
            defaultValue = "20",
            description = "Commands a second, of all people together. Default: ${DEFAULT-VALUE}.")
    private int commands;

    @Option(
            names = "--seed",
            paramLabel = "<n>",
            description = "The seed of an earlier run, whose faults happen again. Default: a new one.")
    private Long seed;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws InterruptedException {
        long chosen = seed != null ? seed : ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        System.out.printf(
                "%d people in %d rooms on %d nodes, %d minutes, seed %d%n", people, rooms, nodes, minutes, chosen);
        ChaosRun.Plan plan = new ChaosRun.Plan(chosen, Duration.ofMinutes(minutes), nodes, people, rooms, commands);
        try (Cluster cluster = options.startable().startClusterBehindNetworks(Subject.REDIS, nodes)) {
            cluster.awaitListening();
            return new ChaosRun(plan, System.out).run(cluster) == 0 ? 0 : 1;
        }
    }
}
