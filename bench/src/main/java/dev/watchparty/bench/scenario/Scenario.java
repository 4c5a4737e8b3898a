package dev.watchparty.bench.scenario;

import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.Subjects;
import java.util.List;
import java.util.Map;

/** One question, asked of every subject in the same way. */
public interface Scenario {
    /** Its name on the command line and in reports. */
    String name();

    /** The sizes at which it is asked: most often numbers of users. */
    List<Integer> sizes();

    /** The unit of a size. */
    default String sizeUnit() {
        return "users";
    }

    /** How many clients are connected at a time, at one of its sizes. */
    default int connections(int size) {
        return size;
    }

    /**
     * How often it is asked.
     *
     * @param wanted the number of rounds on the command line
     */
    default int rounds(int wanted) {
        return wanted;
    }

    /** Whether a subject can answer. */
    default boolean suits(Subject subject) {
        return subject.isParty() && !subject.sharesRooms();
    }

    /**
     * Starts a subject, measures it, and ends it.
     *
     * @param size one of {@link #sizes}
     * @throws IllegalStateException if the subject does not behave as it should
     */
    Map<Metric, Double> measure(Subjects subjects, Subject subject, int size);
}
