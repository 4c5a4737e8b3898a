package dev.watchparty.bench.scenario;

import dev.watchparty.bench.subject.SubjectProcess;
import java.util.List;
import java.util.Map;

/** The same people and the same number of deliveries, in one room or in many. */
final class Rooms implements Scenario {
    private final int users;
    private final List<Integer> sizes;
    private final Load load;

    /** @param users of all rooms together */
    Rooms(int users, List<Integer> sizes, Load load) {
        this.users = users;
        this.sizes = sizes;
        this.load = load;
    }

    @Override
    public String name() {
        return "rooms";
    }

    @Override
    public List<Integer> sizes() {
        return sizes;
    }

    @Override
    public String sizeUnit() {
        return "rooms of " + users + " users together";
    }

    @Override
    public int connections(int rooms) {
        return users;
    }

    @Override
    public Map<Metric, Double> measure(SubjectProcess subject, int rooms) {
        return FanOut.measure(subject.awaitListening(), users, rooms, load);
    }
}
