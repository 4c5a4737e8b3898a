package dev.watchparty.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The facts that the figures depend on most, without anything that identifies the machine.
 *
 * @param cores as the JVM sees them
 * @param memoryGiB of the machine, rounded
 * @param system its operating system
 * @param java version of the servers on a JVM
 * @param node version of the other servers; "none" if there is no Node
 * @param serverOptions of the JVM of our server
 */
public record Machine(int cores, long memoryGiB, String system, String java, String node, List<String> serverOptions) {
    public Machine {
        serverOptions = List.copyOf(serverOptions);
    }

    /** This machine. */
    public static Machine current(String node, List<String> serverOptions) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                Math.round(system.getTotalMemorySize() / (double) (1L << 30)),
                System.getProperty("os.name"),
                System.getProperty("java.specification.version"),
                node,
                serverOptions);
    }

    /** A description in two lines. */
    String describe() {
        return "%d cores, %d GiB, %s, Java %s, Node %s%nJVM options: %s"
                .formatted(
                        cores,
                        memoryGiB,
                        system,
                        java,
                        node,
                        serverOptions.isEmpty() ? "none" : String.join(" ", serverOptions));
    }
}
