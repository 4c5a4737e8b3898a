package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.SubjectProcess;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** All viewers join at once; then all but one leave at once. */
final class Storm extends SizedScenario {
    private static final int WARM_UP = 100;

    /** The time for messages and work that remain when all lists are right. */
    private static final Duration QUIET = Duration.ofMillis(500);

    /** The time for a server to clean up after the clients that have left. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    Storm(List<Integer> sizes) {
        super("storm", sizes);
    }

    @Override
    Map<Metric, Double> measure(SubjectProcess subject, int users) {
        subject.awaitListening();
        double fresh = Load.megabytes(subject.meter().residentBytes());
        storm(subject, Math.min(WARM_UP, users), "warm-up");
        Map<Metric, Double> result = storm(subject, users, "");
        Load.idle(SETTLE);
        result.put(Metric.RESIDENT_FRESH, fresh);
        result.put(Metric.RESIDENT_AFTER, Load.megabytes(subject.meter().residentBytes()));
        return result;
    }

    private static Map<Metric, Double> storm(SubjectProcess subject, int users, String room) {
        Map<Metric, Double> result = new EnumMap<>(Metric.class);
        try (Crowd crowd = new Crowd(subject.port())) {
            crowd.connect(users, Load.CONNECTS_IN_FLIGHT, client -> room);
            Rosters rosters = new Rosters(users);
            join(subject, crowd, users, rosters, result);
            result.put(Metric.RESIDENT, Load.megabytes(subject.meter().residentBytes()));
            leave(subject, crowd, users, rosters, result);
        }
        return result;
    }

    private static void join(
            SubjectProcess subject, Crowd crowd, int users, Rosters rosters, Map<Metric, Double> result) {
        Duration cpu = subject.meter().cpu();
        long[] bytes = new long[2];
        Duration time = timed(crowd, rosters.allFull(), "all lists to be right", () -> {
            bytes[0] = crowd.bytes();
            crowd.listenWith(rosters);
            for (int user = 0; user < users; user++) {
                crowd.viewer(user).join("user " + user);
            }
        });
        Load.idle(QUIET);
        crowd.run(() -> bytes[1] = crowd.bytes());
        result.put(Metric.JOIN_TIME, Load.millis(time));
        result.put(Metric.JOIN_BYTES, Load.megabytes(bytes[1] - bytes[0]));
        result.put(Metric.JOIN_CPU, Load.millis(subject.meter().cpu().minus(cpu)));
    }

    private static void leave(
            SubjectProcess subject, Crowd crowd, int users, Rosters rosters, Map<Metric, Double> result) {
        Duration cpu = subject.meter().cpu();
        Duration time = timed(crowd, rosters.firstAlone(), "the list to be right", () -> {
            for (int user = 1; user < users; user++) {
                crowd.viewer(user).leave();
            }
        });
        Load.idle(QUIET);
        result.put(Metric.LEAVE_TIME, Load.millis(time));
        result.put(Metric.LEAVE_CPU, Load.millis(subject.meter().cpu().minus(cpu)));
    }

    private static Duration timed(Crowd crowd, CompletableFuture<Void> done, String what, Runnable start) {
        long[] nanos = new long[2];
        CompletableFuture<Void> timed = done.thenRun(() -> nanos[1] = System.nanoTime());
        crowd.run(() -> {
            nanos[0] = System.nanoTime();
            start.run();
        });
        crowd.await(timed, what);
        return Duration.ofNanos(nanos[1] - nanos[0]);
    }
}
