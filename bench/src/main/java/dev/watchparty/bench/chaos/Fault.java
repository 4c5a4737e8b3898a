package dev.watchparty.bench.chaos;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Something that goes wrong.
 *
 * @param at after the start of the run
 * @param node that it hits; of no meaning for Redis' own faults
 * @param length until it ends, or until what has ended is started again
 */
record Fault(Duration at, Kind kind, int node, Duration length) {
    private static final Duration CALM_START = Duration.ofSeconds(5);
    private static final Duration CALM_END = Duration.ofSeconds(10);

    /** A node that was started again is left alone for that long. */
    private static final Duration REST = Duration.ofSeconds(6);

    Fault {
        requireNonNull(kind, "kind is null");
        if (at.isNegative() || length.isNegative()) {
            throw new IllegalArgumentException("fault: at %s for %s (expected: >= 0)".formatted(at, length));
        }
        if (node < 0) {
            throw new IllegalArgumentException("node: %d (expected: >= 0)".formatted(node));
        }
    }

    /** How it goes wrong. */
    enum Kind {
        /** A node ends at once. */
        KILL(true, 500, 5_000, 3),
        /** A node's time stops. */
        PAUSE(true, 1_000, 16_000, 3),
        /** A node ends as an operator ends it. */
        RESTART(true, 0, 1_000, 3),
        /** A node's connections to Redis are cut. */
        CUT(true, 0, 0, 3),
        /** Nothing passes between a node and Redis, not even the end of a connection. */
        SILENCE(true, 2_000, 20_000, 3),
        /** The connections that are subscribed are ended by Redis. */
        SUBSCRIBERS(false, 0, 0, 1),
        /** Redis ends and comes back with its data. */
        REDIS_RESTART(false, 0, 0, 2),
        /** Redis ends and comes back empty. */
        REDIS_EMPTY(false, 0, 0, 1);

        private final boolean hitsNode;
        private final int leastMillis;
        private final int mostMillis;
        private final int weight;

        Kind(boolean hitsNode, int leastMillis, int mostMillis, int weight) {
            this.hitsNode = hitsNode;
            this.leastMillis = leastMillis;
            this.mostMillis = mostMillis;
            this.weight = weight;
        }
    }

    /** The faults of a run, in their order: the same for the same arguments. */
    static List<Fault> plan(long seed, Duration run, int nodes) {
        Random random = new Random(seed);
        List<Kind> drawn = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < kind.weight; i++) {
                drawn.add(kind);
            }
        }
        List<Fault> faults = new ArrayList<>();
        long[] freeAt = new long[nodes];
        for (long at = CALM_START.toMillis();
                at < run.minus(CALM_END).toMillis();
                at += 1_000 + random.nextInt(8_000)) {
            Kind kind = drawn.get(random.nextInt(drawn.size()));
            int node = random.nextInt(nodes);
            int length = kind.leastMillis + random.nextInt(kind.mostMillis - kind.leastMillis + 1);
            if (!kind.hitsNode || freeAt[node] <= at) {
                if (kind.hitsNode) {
                    freeAt[node] = at + length + REST.toMillis();
                }
                faults.add(new Fault(Duration.ofMillis(at), kind, node, Duration.ofMillis(length)));
            }
        }
        return faults;
    }

    /** Whether it hits Redis, and so all nodes. */
    boolean isOfRedis() {
        return !kind.hitsNode;
    }

    @Override
    public String toString() {
        return kind.hitsNode
                ? String.format(Locale.ROOT, "%s of node %d for %.1f s", kind, node, length.toMillis() / 1000.0)
                : kind.toString();
    }
}
