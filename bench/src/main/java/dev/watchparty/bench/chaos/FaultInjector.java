package dev.watchparty.bench.chaos;

import dev.watchparty.bench.subject.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Makes each planned fault happen when it is due. */
final class FaultInjector implements AutoCloseable {
    /** How long after its end a fault may still have effects: a lease, a probe, a backoff. */
    private static final Duration AFTERMATH = Duration.ofSeconds(12);

    private final Cluster cluster;
    private final Consumer<String> log;
    private final long start;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Event> events = new ArrayList<>();

    /** A fault that has begun; {@code endedAt} is 0 while it lasts. */
    private static final class Event {
        private final Fault fault;
        private volatile long endedAt;

        Event(Fault fault) {
            this.fault = fault;
        }
    }

    FaultInjector(Cluster cluster, long start, Consumer<String> log) {
        this.cluster = cluster;
        this.start = start;
        this.log = log;
    }

    /** Returns when all faults have begun and ended. */
    void run(List<Fault> faults) throws InterruptedException {
        for (Fault fault : faults) {
            TimeUnit.NANOSECONDS.sleep(start + fault.at().toNanos() - System.nanoTime());
            begin(fault);
        }
        threads.shutdown();
        if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a fault did not end");
        }
    }

    private void begin(Fault fault) {
        Event event = new Event(fault);
        synchronized (events) {
            events.add(event);
        }
        log.accept(fault.toString());
        threads.execute(() -> {
            try {
                inject(fault);
            } catch (InterruptedException | RuntimeException e) {
                log.accept("%s failed: %s".formatted(fault, e));
            } finally {
                event.endedAt = System.nanoTime();
            }
        });
    }

    private void inject(Fault fault) throws InterruptedException {
        int node = fault.node();
        switch (fault.kind()) {
            case KILL -> {
                cluster.node(node).close();
                last(fault);
                startAgain(node);
            }
            case RESTART -> {
                cluster.node(node).stop();
                last(fault);
                startAgain(node);
            }
            case PAUSE -> {
                cluster.node(node).pause();
                last(fault);
                cluster.node(node).resume();
            }
            case CUT -> cluster.network(node).cut();
            case SILENCE -> {
                cluster.network(node).silence();
                last(fault);
                cluster.network(node).restore();
            }
            case SUBSCRIBERS, REDIS_RESTART, REDIS_EMPTY -> onRedis(fault.kind());
        }
    }

    private void onRedis(Fault.Kind kind) {
        synchronized (cluster) {
            switch (kind) {
                case SUBSCRIBERS -> cluster.redis().killSubscribers();
                case REDIS_RESTART -> cluster.redis().restart();
                case REDIS_EMPTY -> cluster.redis().restartEmpty();
                default -> throw new IllegalArgumentException("%s: not of Redis".formatted(kind));
            }
        }
    }

    private static void last(Fault fault) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(fault.length().toNanos());
    }

    private void startAgain(int node) {
        cluster.startAgain(node);
        cluster.node(node).awaitListening();
    }

    /** The faults that last or may still have effects. */
    List<Fault> effective() {
        long now = System.nanoTime();
        synchronized (events) {
            return events.stream()
                    .filter(event -> event.endedAt == 0 || now - event.endedAt < AFTERMATH.toNanos())
                    .map(event -> event.fault)
                    .toList();
        }
    }

    /** Whether a fault of that kind has happened within this time. */
    boolean hasHappened(Fault.Kind kind, Duration within) {
        long now = System.nanoTime();
        synchronized (events) {
            return events.stream()
                    .filter(event -> event.fault.kind() == kind)
                    .anyMatch(event -> event.endedAt == 0 || now - event.endedAt <= within.toNanos());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
