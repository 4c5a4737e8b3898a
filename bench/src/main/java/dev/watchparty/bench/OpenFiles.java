package dev.watchparty.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.watchparty.bench.scenario.Scenario;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Checks whether the system allows one process as many connections as are needed. */
final class OpenFiles {
    /** Jars, logs, pipes and the other files that a process opens. */
    private static final int OTHERS = 200;

    private OpenFiles() {}

    /** @throws IllegalArgumentException if it does not */
    static void require(List<Scenario> scenarios) {
        int needed = OTHERS
                + scenarios.stream()
                        .flatMapToInt(scenario -> scenario.sizes().stream().mapToInt(scenario::connections))
                        .max()
                        .orElse(0);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < needed) {
            throw new IllegalArgumentException(
                    "open files: %d (expected: >= %d): raise it with \"ulimit -n %d\", or choose smaller sizes with --users"
                            .formatted(system.getMaxFileDescriptorCount(), needed, needed));
        }
    }
}
