package dev.watchparty.bench.scenario;

import dev.watchparty.bench.subject.SubjectProcess;
import java.util.List;
import java.util.Map;

/** The same people and the same number of deliveries, in one room or in many. */
final class Rooms extends SizedScenario {
    private final int users;
    private final Load load;

    /** @param users of all rooms together */
    Rooms(int users, List<Integer> sizes, Load load) {
        super("rooms", sizes);
        this.users = users;
        this.load = load;
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
    Map<Metric, Double> measure(SubjectProcess subject, int rooms) {
        return FanOut.measure(subject.awaitListening(), users, rooms, load);
    }
}
