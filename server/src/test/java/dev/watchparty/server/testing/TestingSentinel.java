package dev.watchparty.server.testing;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A master of Redis with two replicas, and three sentinels, which make a replica the master when it is gone. */
public final class TestingSentinel implements AutoCloseable {
    /** The name by which the sentinels know the master, whichever it is. */
    public static final String MASTER = "watchparty";

    private static final int REPLICAS = 2;
    private static final int SENTINELS = 3;
    private static final String QUORUM = "2";
    private static final String DOWN_AFTER_MILLIS = "1000";
    private static final String FAILOVER_TIMEOUT_MILLIS = "5000";
    /**
     * Faster than by default, so that a test need not wait, but not too fast for a busy machine: a replica whose facts
     * are older than three periods cannot become the master, and a new master that a sentinel has not heard of for four
     * has to be a replica again.
     */
    private static final List<String> PACE =
            List.of("info-period", "1000", "publish-period", "1000", "tilt-trigger", "30000");

    private static final int PATIENCE_SECONDS = 60;

    private final List<TestingRedis> nodes = new ArrayList<>();
    private final List<TestingRedis> sentinels = new ArrayList<>();

    private TestingSentinel() {}

    /** Starts all, and waits until they serve. */
    public static TestingSentinel start() {
        TestingSentinel started = new TestingSentinel();
        try {
            started.startAll();
            return started;
        } catch (RuntimeException | Error failed) {
            started.close();
            throw failed;
        }
    }

    private void startAll() {
        TestingRedis master = TestingRedis.start();
        nodes.add(master);
        String port = String.valueOf(master.port());
        for (int i = 0; i < REPLICAS; i++) {
            nodes.add(TestingRedis.builder()
                    .setting("replicaof", "127.0.0.1 " + port)
                    .start());
        }
        for (int i = 0; i < SENTINELS; i++) {
            TestingRedis sentinel = TestingRedis.builder().sentinel().start();
            sentinels.add(sentinel);
            List<String> pace = new ArrayList<>(List.of("SENTINEL", "DEBUG"));
            pace.addAll(PACE);
            sentinel.command(pace.toArray(String[]::new));
            sentinel.command("SENTINEL", "MONITOR", MASTER, "127.0.0.1", port, QUORUM);
            sentinel.command(
                    "SENTINEL",
                    "SET",
                    MASTER,
                    "down-after-milliseconds",
                    DOWN_AFTER_MILLIS,
                    "failover-timeout",
                    FAILOVER_TIMEOUT_MILLIS);
        }
        awaitReady();
    }

    /** The address of the sentinels and the name of their master, as Lettuce reads it. */
    public URI uri() {
        return URI.create(sentinels.stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                .collect(joining(",", "redis-sentinel://", "#" + MASTER)));
    }

    /** The master that the sentinels name. */
    public TestingRedis master() {
        return masterOf(sentinels.get(0));
    }

    /** The nodes other than the master, also those that do not run. */
    public List<TestingRedis> replicas() {
        TestingRedis master = master();
        return nodes.stream().filter(node -> node != master).toList();
    }

    public List<TestingRedis> sentinels() {
        return List.copyOf(sentinels);
    }

    /** Makes a replica the master while all run, and waits until everybody follows it. */
    public void failover() {
        TestingRedis before = master();
        TestingRedis sentinel = sentinels.get(0);
        Awaitility.await("a failover")
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> {
                    List<String> facts = factsOf(sentinel);
                    if (!factOf(facts, "port").equals(String.valueOf(before.port()))) {
                        return true;
                    }
                    if (!isBusy(facts)) {
                        startFailover(sentinel); // again, if the sentinel gave up on a busy machine
                    }
                    return false;
                });
        awaitAnotherThan(before);
    }

    private static void startFailover(TestingRedis sentinel) {
        try {
            sentinel.command("SENTINEL", "FAILOVER", MASTER);
        } catch (IllegalStateException e) {
            if (!e.getMessage().contains("NOGOODSLAVE")) {
                throw e;
            }
        }
    }

    /**
     * Kills the master, and waits until a replica has its place.
     *
     * @return the killed one, which may be started again, and becomes a replica
     */
    public TestingRedis killMaster() {
        TestingRedis before = master();
        before.kill();
        awaitAnotherThan(before);
        return before;
    }

    /**
     * Lets the master accept what no replica learns, kills it, and waits until a replica has its place.
     *
     * @param writes they have to end within a second or so, or the replicas count as gone
     * @return the killed one, which may be started again, and becomes a replica
     */
    public TestingRedis killMasterLosing(Runnable writes) {
        TestingRedis before = master();
        List<TestingRedis> replicas = replicas();
        replicas.forEach(TestingRedis::pause);
        before.command("CLIENT", "KILL", "TYPE", "replica"); // else the writes would wait for them in their sockets
        try {
            writes.run();
            before.kill();
        } finally {
            replicas.forEach(TestingRedis::resume);
        }
        awaitAnotherThan(before);
        return before;
    }

    private void awaitAnotherThan(TestingRedis before) {
        Awaitility.await("another master")
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> sentinels.stream().allMatch(sentinel -> masterOf(sentinel) != before));
        awaitReady();
    }

    /** Waits until the sentinels name the same master, are not busy, and all other nodes that run follow it. */
    public void awaitReady() {
        Awaitility.await("one master, and all others follow it")
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> sentinels.stream().map(this::masterOf).distinct().count() == 1
                        && sentinels.stream().allMatch(TestingSentinel::isReady)
                        && running().allMatch(replica -> follows(replica, master())));
    }

    /** Waits until the replicas that run have everything that the master has accepted so far. */
    public void awaitReplication() {
        long accepted = Long.parseLong(master().listCommand("ROLE").get(1));
        Awaitility.await("replicas that have everything")
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> running().allMatch(replica -> received(replica) >= accepted));
    }

    private Stream<TestingRedis> running() {
        return replicas().stream().filter(TestingRedis::isRunning);
    }

    private static boolean isReady(TestingRedis sentinel) {
        List<String> facts = factsOf(sentinel);
        return factOf(facts, "num-slaves").equals(String.valueOf(REPLICAS))
                && factOf(facts, "num-other-sentinels").equals(String.valueOf(SENTINELS - 1))
                && !isBusy(facts);
    }

    private static List<String> factsOf(TestingRedis sentinel) {
        return sentinel.listCommand("SENTINEL", "MASTER", MASTER);
    }

    private static boolean isBusy(List<String> facts) {
        return factOf(facts, "flags").contains("failover_in_progress");
    }

    /** The value after a name, in a list of names and values. */
    private static String factOf(List<String> facts, String name) {
        return facts.get(facts.indexOf(name) + 1);
    }

    /** Whether both say so: a replica may do so before the master sends it what comes next. */
    private static boolean follows(TestingRedis replica, TestingRedis master) {
        List<String> role = replica.listCommand("ROLE"); // slave, host, port, state, offset
        List<String> masterRole = master.listCommand("ROLE"); // master, offset, then host, port, offset of each replica
        return role.get(0).equals("slave")
                && role.get(2).equals(String.valueOf(master.port()))
                && role.get(3).equals("connected")
                && masterRole.get(0).equals("master")
                && masterRole.contains(String.valueOf(replica.port()));
    }

    private static long received(TestingRedis replica) {
        List<String> role = replica.listCommand("ROLE");
        return role.get(0).equals("slave") ? Long.parseLong(role.get(4)) : -1;
    }

    private TestingRedis masterOf(TestingRedis sentinel) {
        String port = sentinel.listCommand("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER)
                .get(1);
        return nodes.stream()
                .filter(node -> port.equals(String.valueOf(node.port())))
                .findFirst()
                .orElseThrow();
    }

    /** Ends all, and deletes their files. */
    @Override
    public void close() {
        sentinels.forEach(TestingRedis::close);
        nodes.forEach(TestingRedis::close);
    }
}
