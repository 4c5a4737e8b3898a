package dev.watchparty.server.testing;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Redis Cluster of three masters, with a third of the slots each. */
public final class TestingRedisCluster implements AutoCloseable {
    private static final int NODES = 3;
    private static final int SLOTS = 16_384;
    private static final String NODE_TIMEOUT_MILLIS = "2000";
    private static final String KEYS_AT_ONCE = "100";
    private static final String MIGRATION_TIMEOUT_MILLIS = "5000";
    private static final int PATIENCE_SECONDS = 60;

    private final List<TestingRedis> nodes = new ArrayList<>();

    private TestingRedisCluster() {}

    /** Starts all, and waits until they serve. */
    public static TestingRedisCluster start() {
        TestingRedisCluster cluster = new TestingRedisCluster();
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    private void startAll() {
        List<Integer> busPorts = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            int busPort = TestingPort.free();
            busPorts.add(busPort);
            TestingRedis node = TestingRedis.builder()
                    .setting("cluster-enabled", "yes")
                    .setting("cluster-port", String.valueOf(busPort))
                    .setting("cluster-node-timeout", NODE_TIMEOUT_MILLIS)
                    .start();
            nodes.add(node);
            node.command("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
            node.command(
                    "CLUSTER",
                    "ADDSLOTSRANGE",
                    String.valueOf(i * SLOTS / NODES),
                    String.valueOf((i + 1) * SLOTS / NODES - 1));
        }
        for (int i = 1; i < NODES; i++) {
            String port = String.valueOf(nodes.get(i).port());
            nodes.get(0).command("CLUSTER", "MEET", "127.0.0.1", port, String.valueOf(busPorts.get(i)));
        }
        awaitReady();
    }

    /** Waits until each node serves, and knows the owner of every slot. That takes some seconds after a restart. */
    public void awaitReady() {
        Awaitility.await("all nodes know all slots")
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> nodes.stream().allMatch(TestingRedisCluster::knowsAll));
    }

    private static boolean knowsAll(TestingRedis node) {
        List<String> facts = node.command("CLUSTER", "INFO").lines().toList();
        return facts.contains("cluster_state:ok")
                && facts.contains("cluster_size:" + NODES)
                && facts.contains("cluster_slots_ok:" + SLOTS);
    }

    public List<TestingRedis> nodes() {
        return List.copyOf(nodes);
    }

    /** The addresses of all nodes, as Lettuce reads them. */
    public List<URI> uris() {
        return nodes.stream().map(TestingRedis::uri).toList();
    }

    /** The slot of a key or of a channel of a shard. */
    public int slotOf(String key) {
        return Integer.parseInt(nodes.get(0).command("CLUSTER", "KEYSLOT", key));
    }

    /** The node that has the slot. */
    public TestingRedis ownerOf(int slot) {
        return nodes.stream().filter(node -> owns(node, node, slot)).findFirst().orElseThrow();
    }

    /** A node that does not have the slot. */
    public TestingRedis strangerTo(int slot) {
        return nodes.stream()
                .filter(node -> !owns(node, node, slot))
                .findFirst()
                .orElseThrow();
    }

    /** Moves a slot with its keys to another node as an operator does, and waits until all nodes know. */
    public void moveSlot(int slot, TestingRedis to) {
        TestingRedis from = ownerOf(slot);
        String number = String.valueOf(slot);
        to.command("CLUSTER", "SETSLOT", number, "IMPORTING", idOf(from));
        from.command("CLUSTER", "SETSLOT", number, "MIGRATING", idOf(to));
        for (List<String> keys = keysIn(from, number); !keys.isEmpty(); keys = keysIn(from, number)) {
            String port = String.valueOf(to.port());
            from.command(Stream.concat(
                            Stream.of("MIGRATE", "127.0.0.1", port, "", "0", MIGRATION_TIMEOUT_MILLIS, "KEYS"),
                            keys.stream())
                    .toArray(String[]::new));
        }
        to.command("CLUSTER", "SETSLOT", number, "NODE", idOf(to));
        from.command("CLUSTER", "SETSLOT", number, "NODE", idOf(to));
        Awaitility.await("all nodes know the new owner")
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> nodes.stream().allMatch(node -> owns(node, to, slot)));
    }

    private static List<String> keysIn(TestingRedis node, String slot) {
        return node.listCommand("CLUSTER", "GETKEYSINSLOT", slot, KEYS_AT_ONCE);
    }

    private static String idOf(TestingRedis node) {
        return node.command("CLUSTER", "MYID");
    }

    /** Whether one node says that another has a slot. */
    private static boolean owns(TestingRedis witness, TestingRedis owner, int slot) {
        String id = idOf(owner);
        return witness.command("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.startsWith(id))
                // Eight words of other facts, then the slots: 7, 10-20, and [9->-id] for one that is on its way.
                .flatMap(line -> Arrays.stream(line.split(" ")).skip(8))
                .filter(words -> !words.startsWith("["))
                .map(words -> words.split("-"))
                .anyMatch(range -> IntStream.rangeClosed(
                                Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1]))
                        .anyMatch(owned -> owned == slot));
    }

    /** Ends all, and deletes their files. */
    @Override
    public void close() {
        nodes.forEach(TestingRedis::close);
    }
}
