package dev.watchparty.server.session.redis;

import dev.watchparty.server.session.ServerClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the sockets of nodes that are gone, after the same grace as any lost socket. Each node looks at the rooms that
 * it has. Redis accepts each removal once.
 *
 * <p>A room without any living node is cleaned when somebody enters it, or expires.
 */
final class AbsentNodes {
    private static final Logger log = LoggerFactory.getLogger(AbsentNodes.class);

    /** The node of a socket, if it lives, removes the socket itself; the others wait this much longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** As many calls as Redis answers without a delay for others. */
    private static final int MAX_REMOVALS = 500; // of one room, at one look

    private final RedisLink link;
    private final RedisKeys keys;
    private final String node;
    private final ServerClock clock;
    private final long graceMillis;
    private final long leaseNanos;
    private final Supplier<List<SharedRoom>> rooms;
    private final Set<String> gone = ConcurrentHashMap.newKeySet(); // of the nodes that have sockets here
    private volatile long reachableSince = Long.MAX_VALUE; // ns

    AbsentNodes(
            RedisLink link,
            RedisKeys keys,
            String node,
            ServerClock clock,
            Duration grace,
            Duration lease,
            Supplier<List<SharedRoom>> rooms) {
        this.link = link;
        this.keys = keys;
        this.node = node;
        this.clock = clock;
        this.graceMillis = grace.toMillis();
        this.leaseNanos = lease.toNanos();
        this.rooms = rooms;
    }

    /** Looks at all rooms; call it every few seconds. */
    void look() {
        try {
            if (!hasBeenReachable()) {
                return;
            }
            List<SharedRoom> open = rooms.get();
            Set<String> others = new HashSet<>();
            open.forEach(room -> others.addAll(nodesOf(room)));
            gone.retainAll(others);
            others.forEach(this::ask);
            open.forEach(this::clean);
        } catch (RuntimeException e) {
            // An executor never calls a task again after it has thrown.
            log.error("looking for sockets of absent nodes failed", e);
        }
    }

    /** After an outage of Redis every lease has ended, and each node needs time to renew its own. */
    private boolean hasBeenReachable() {
        if (!link.isReachable()) {
            reachableSince = Long.MAX_VALUE;
            return false;
        }
        if (reachableSince == Long.MAX_VALUE) {
            reachableSince = System.nanoTime();
        }
        return System.nanoTime() - reachableSince >= leaseNanos;
    }

    private Set<String> nodesOf(SharedRoom room) {
        Set<String> nodes = new HashSet<>();
        room.replica()
                .entries()
                .values()
                .forEach(entry -> nodes.add(entry.document().node()));
        nodes.remove(node);
        return nodes;
    }

    private void ask(String other) {
        link.exists(keys.lease(other)).whenComplete((lives, failure) -> {
            if (failure != null) {
                return;
            }
            if (lives) {
                gone.remove(other);
            } else if (gone.add(other)) {
                log.atInfo().addKeyValue("node", other).log("a node is gone");
            }
        });
    }

    /** Looks at a room that has just been read: its sockets may be those of nodes that are long gone. */
    void lookAt(SharedRoom room) {
        nodesOf(room).forEach(this::ask);
    }

    private void clean(SharedRoom room) {
        long now = clock.millis();
        long patience = PATIENCE.toMillis() + ThreadLocalRandom.current().nextInt(1000);
        int asked = 0;
        for (Map.Entry<String, Entry> each : room.replica().entries().entrySet()) {
            if (asked >= MAX_REMOVALS) {
                return; // the rest has its turn at the next look
            }
            Entry entry = each.getValue();
            Long lostAt = entry.document().lostAt();
            boolean isOrphan = gone.contains(entry.document().node())
                    || (entry.document().node().equals(node) && !room.replica().isConnected(each.getKey()));
            if (lostAt != null && now - lostAt >= graceMillis + (isOrphan ? 0 : patience)) {
                room.remove(each.getKey(), entry);
                asked++;
            } else if (lostAt == null && isOrphan) {
                room.giveUp(each.getKey(), entry);
                asked++;
            }
        }
    }
}
