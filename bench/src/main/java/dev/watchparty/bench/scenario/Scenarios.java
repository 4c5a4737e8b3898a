package dev.watchparty.bench.scenario;

import dev.watchparty.bench.subject.SubjectProcess;
import java.util.List;

/** All scenarios. */
public final class Scenarios {
    /** Their names, in the order in which they run. */
    public static final List<String> NAMES = List.of(
            "fanout",
            "rooms",
            "accept",
            "storm",
            "join",
            "heartbeat",
            "memory",
            "cold",
            "startup",
            "soak",
            "across",
            "contention",
            "watching",
            "edge",
            "crash",
            "drain");

    /** The scenarios that take at most a minute each. */
    public static final List<String> QUICK_NAMES =
            NAMES.stream().filter(name -> !name.equals("soak")).toList();

    private Scenarios() {}

    /**
     * The choice of sizes.
     *
     * @param wanted the sizes for scenarios that count users; empty for each scenario's own
     * @param small whether a scenario's own sizes are the small ones
     */
    public record Sizes(List<Integer> wanted, boolean small) {
        public Sizes {
            wanted = List.copyOf(wanted);
        }

        List<Integer> or(List<Integer> full, List<Integer> quick) {
            return wanted.isEmpty() ? small ? quick : full : wanted;
        }
    }

    /**
     * The scenarios of these names.
     *
     * @throws IllegalArgumentException if a name is unknown
     */
    public static List<Scenario> of(List<String> names, Sizes sizes, Load load) {
        return names.stream().map(name -> of(name, sizes, load)).toList();
    }

    /** A scenario that runs most of the generator's own code. */
    public static Scenario warmUp(Load load) {
        return new FanOut(List.of(100), load);
    }

    private static Scenario of(String name, Sizes sizes, Load load) {
        return switch (name) {
            case "fanout" -> new FanOut(sizes.or(List.of(500, 5_000, 10_000), List.of(100)), load);
            case "rooms" ->
                new Rooms(sizes.small() ? 100 : 5_000, sizes.small() ? List.of(1, 10) : List.of(1, 100, 1_000), load);
            case "accept" -> new Accept(sizes.or(List.of(5_000), List.of(200)));
            case "storm" -> new Storm(sizes.or(List.of(100, 250, 500, 1_000), List.of(50)));
            case "join" -> new Join(sizes.or(List.of(500), List.of(50)));
            case "heartbeat" -> new HeartbeatCost(sizes.or(List.of(500, 5_000), List.of(100)), load);
            case "memory" -> new Memory(sizes.or(List.of(500, 5_000, 10_000), List.of(100)));
            case "cold" -> new Cold(load);
            case "startup" -> new Startup();
            case "across" -> new Across(sizes.or(List.of(500), List.of(100)), load);
            case "contention" -> new Contention(sizes.small() ? List.of(20) : List.of(20, 500), load);
            case "watching" -> new Watching(sizes.or(List.of(100, 2_000), List.of(100)));
            case "edge" -> new Edge(sizes.small() ? List.of(20) : List.of(0, 20, 80, 200));
            case "crash" -> new Crash("crash", sizes.or(List.of(2_000), List.of(100)), SubjectProcess::close);
            case "drain" -> new Crash("drain", sizes.or(List.of(2_000), List.of(100)), SubjectProcess::stop);
            case "soak" -> new Soak(sizes.or(List.of(1_000), List.of(100)), load);
            default -> throw new IllegalArgumentException("scenario: %s (expected: one of %s)".formatted(name, NAMES));
        };
    }
}
