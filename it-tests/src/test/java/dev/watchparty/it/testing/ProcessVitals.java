package dev.watchparty.it.testing;

/**
 * The resources of a server process at one moment.
 *
 * @param heap bytes in use after a full collection
 * @param direct bytes of direct buffers, including Netty's
 * @param resident bytes of memory that the system has given it; 0 if the system does not report it
 * @param threads live ones
 * @param sessions Engine.IO sessions in memory, open or forgotten
 */
public record ProcessVitals(long heap, long direct, long resident, int threads, int sessions) {
    private static final double MIB = 1024 * 1024;

    public static String header() {
        return "%8s %9s %11s %13s %8s %9s"
                .formatted("seconds", "heap MiB", "direct MiB", "resident MiB", "threads", "sessions");
    }

    /**
     * A line of the table.
     *
     * @param second of the run
     */
    public String row(long second) {
        return "%8d %9.1f %11.1f %13.1f %8d %9d"
                .formatted(second, heap / MIB, direct / MIB, resident / MIB, threads, sessions);
    }
}
