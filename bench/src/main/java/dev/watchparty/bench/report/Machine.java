package dev.watchparty.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the figures depend on most.
 *
 * @param cores as the JVM sees them
 * @param memoryGiB of the machine, rounded
 * @param system its operating system
 * @param java version that our server and netty-socketio ran on
 */
public record Machine(int cores, long memoryGiB, String system, String java) {
    /** This one. */
    public static Machine current() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                Math.round(system.getTotalMemorySize() / (double) (1L << 30)),
                System.getProperty("os.name"),
                System.getProperty("java.specification.version"));
    }

    /** In one line. */
    String describe() {
        return "%d cores, %d GiB, %s, Java %s".formatted(cores, memoryGiB, system, java);
    }
}
