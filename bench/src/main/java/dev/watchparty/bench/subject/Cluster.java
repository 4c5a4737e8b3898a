package dev.watchparty.bench.subject;

import dev.watchparty.bench.measure.ProcessMeter;
import dev.watchparty.server.testing.TestingNetwork;
import dev.watchparty.server.testing.TestingRedis;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The running processes of one subject, the Redis that they share, and the network between each of them and Redis. */
public final class Cluster implements AutoCloseable {
    private final Subjects subjects;
    private final Subject subject;
    private final List<SubjectProcess> nodes = Collections.synchronizedList(new ArrayList<>());
    private final List<TestingNetwork> networks = new ArrayList<>();
    private final TestingRedis redis; // null if the subject shares nothing

    /** @param isBehindNetworks whether {@link #network} slows down, cuts or silences what a node hears of Redis */
    Cluster(Subjects subjects, Subject subject, int nodes, boolean isBehindNetworks) {
        if (nodes > 1 && !subject.sharesRooms()) {
            throw new IllegalArgumentException("nodes of %s: %d (expected: 1)".formatted(subject.label(), nodes));
        }
        this.subjects = subjects;
        this.subject = subject;
        this.redis = subject.sharesRooms() ? TestingRedis.builder().withData().start() : null;
        try {
            for (int node = 0; node < nodes; node++) {
                if (isBehindNetworks) {
                    networks.add(TestingNetwork.to(redis));
                }
                this.nodes.add(launch(node, Subjects.freePort()));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private SubjectProcess launch(int node, int port) {
        Optional<URI> address = Optional.ofNullable(redis)
                .map(running -> networks.isEmpty() ? running.uri() : running.uriThrough(network(node)));
        return subjects.start(subject, "%s-%d".formatted(subject.label(), node), port, address);
    }

    /** Starts a node that has ended, on its port, without waiting until it listens. */
    public void startAgain(int node) {
        nodes.set(node, launch(node, node(node).port()));
    }

    public void awaitListening() {
        nodes.forEach(SubjectProcess::awaitListening);
    }

    public SubjectProcess node(int node) {
        return nodes.get(node);
    }

    /** How many processes there are. */
    public int size() {
        return nodes.size();
    }

    /** The node at the other end of the cluster: the first one if there is only one. */
    public SubjectProcess last() {
        return nodes.get(nodes.size() - 1);
    }

    public TestingNetwork network(int node) {
        return networks.get(node);
    }

    public TestingRedis redis() {
        return redis;
    }

    /** The CPU time that all processes have used, Redis too. */
    public Duration cpu() {
        Duration sum = redis == null ? Duration.ZERO : redisCpu();
        for (SubjectProcess node : nodes) {
            sum = sum.plus(node.meter().cpu());
        }
        return sum;
    }

    /** The CPU time that Redis has used. */
    public Duration redisCpu() {
        String key = "process_id:";
        long id = redis.command("INFO", "server")
                .lines()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.substring(key.length()).strip()))
                .findFirst()
                .orElseThrow();
        return new ProcessMeter(ProcessHandle.of(id).orElseThrow()).cpu();
    }

    /** Kills all processes. */
    @Override
    public void close() {
        nodes.forEach(SubjectProcess::close);
        networks.forEach(TestingNetwork::close);
        if (redis != null) {
            redis.close();
        }
    }
}
