package dev.watchparty.bench.scenario;

import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.SubjectProcess;
import dev.watchparty.bench.subject.Subjects;
import java.util.List;
import java.util.Map;

/** A scenario for one process. */
abstract class SizedScenario extends NamedScenario {
    SizedScenario(String name, List<Integer> sizes) {
        super(name, sizes);
    }

    @Override
    public final Map<Metric, Double> measure(Subjects subjects, Subject subject, int size) {
        try (SubjectProcess process = subjects.start(subject)) {
            return measure(process, size);
        }
    }

    /**
     * Measures a subject that has just been started, and may not listen yet.
     *
     * @throws IllegalStateException if the subject does not behave as it should
     */
    abstract Map<Metric, Double> measure(SubjectProcess subject, int size);
}
