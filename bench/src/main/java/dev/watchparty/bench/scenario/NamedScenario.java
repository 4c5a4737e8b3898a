package dev.watchparty.bench.scenario;

import java.util.List;

/** A scenario that keeps the name and the sizes that it was created with. */
abstract class NamedScenario implements Scenario {
    private final String name;
    private final List<Integer> sizes;

    NamedScenario(String name, List<Integer> sizes) {
        this.name = name;
        this.sizes = List.copyOf(sizes);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Integer> sizes() {
        return sizes;
    }
}
