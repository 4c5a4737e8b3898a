package dev.watchparty.bench.scenario;

import java.util.List;

/** All scenarios. */
public final class Scenarios {
    /** Their names, in the order in which they run. */
    public static final List<String> NAMES = List.of("fanout");

    private Scenarios() {}

    /**
     * Which sizes.
     *
     * @param wanted those of scenarios that have users for a size, if not their own; empty for their own
     * @param small whether their own are to be small
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
     * @throws IllegalArgumentException if there is none of a name
     */
    public static List<Scenario> of(List<String> names, Sizes sizes, Load load) {
        return names.stream().map(name -> of(name, sizes, load)).toList();
    }

    /** What has the generator do the most of what it does. */
    public static Scenario warmUp(Load load) {
        return new FanOut(List.of(500), load);
    }

    private static Scenario of(String name, Sizes sizes, Load load) {
        return switch (name) {
            case "fanout" -> new FanOut(sizes.or(List.of(500, 5_000, 10_000), List.of(100)), load);
            default -> throw new IllegalArgumentException("scenario: %s (expected: one of %s)".formatted(name, NAMES));
        };
    }
}
