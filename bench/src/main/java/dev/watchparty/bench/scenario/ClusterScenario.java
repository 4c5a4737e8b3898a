package dev.watchparty.bench.scenario;

import dev.watchparty.bench.subject.Cluster;
import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.Subjects;
import java.util.List;
import java.util.Map;

/** A scenario for several processes that share their rooms, beside one process that shares nothing. */
abstract class ClusterScenario extends NamedScenario {
    private final int nodes;

    /** @param nodes of a subject that shares its rooms */
    ClusterScenario(String name, List<Integer> sizes, int nodes) {
        super(name, sizes);
        this.nodes = nodes;
    }

    @Override
    public boolean suits(Subject subject) {
        return subject == Subject.REDIS;
    }

    @Override
    public final Map<Metric, Double> measure(Subjects subjects, Subject subject, int size) {
        try (Cluster cluster = start(subjects, subject, subject.sharesRooms() ? nodes : 1)) {
            cluster.awaitListening();
            return measure(cluster, size);
        }
    }

    Cluster start(Subjects subjects, Subject subject, int count) {
        return subjects.startCluster(subject, count);
    }

    /**
     * Measures a subject that listens.
     *
     * @throws IllegalStateException if the subject does not behave as it should
     */
    abstract Map<Metric, Double> measure(Cluster cluster, int size);
}
