package dev.watchparty.bench.subject;

import java.util.Arrays;
import java.util.Locale;

/** A server in the comparison. */
public enum Subject {
    /** This project's server, as its README runs it, with its limits off. */
    OURS("ours"),
    /** An earlier build of it, run in the same way. */
    BEFORE("before"),
    /** The same behaviour on the official Socket.IO server. */
    NODE("node"),
    /** The same, with the native helpers that its manual recommends. */
    NODE_NATIVE("node-native"),
    /** This project's server on Redis, in several processes where a scenario wants them. */
    REDIS("redis"),
    /** The reference on the library's own adapter for Redis, in several processes where a scenario wants them. */
    NODE_REDIS("node-redis"),
    /** The same behaviour on an unmodified netty-socketio library. */
    NETTY_SOCKETIO("netty-socketio"),
    /** The price of the kernel: accepts, upgrades, and writes one prebuilt frame to each. */
    FLOOR("floor");

    private final String label;

    Subject(String label) {
        this.label = label;
    }

    /** Its name on the command line and in reports. */
    public String label() {
        return label;
    }

    /** Whether it keeps sessions; otherwise it only passes frames on. */
    public boolean isParty() {
        return this != FLOOR;
    }

    /** Whether several processes of it have the same rooms, by a Redis that is started with them. */
    public boolean sharesRooms() {
        return this == REDIS || this == NODE_REDIS;
    }

    /**
     * The subject with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Subject of(String label) {
        return Arrays.stream(values())
                .filter(subject -> subject.label.equals(label.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("subject: %s (expected: one of %s)"
                        .formatted(
                                label,
                                Arrays.stream(values()).map(Subject::label).toList())));
    }
}
