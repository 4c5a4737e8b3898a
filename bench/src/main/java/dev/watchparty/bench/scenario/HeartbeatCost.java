package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.bench.subject.SubjectProcess;
import dev.watchparty.protocol.SocketEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The cost of a playing video while nobody does anything.
 *
 * <p>INVARIANT: it is measured between two pings of every client, so that only the heartbeats of the video are sent.
 */
final class HeartbeatCost extends SizedScenario {
    /**
     * The time after the last client has connected: servers ping each client 25 s after it connected and 25 s after
     * that. It is also long enough for the first heartbeats after the longest warm-up.
     */
    private static final Duration FIRST_PINGS = Duration.ofSeconds(27);

    private final Load load;

    HeartbeatCost(List<Integer> sizes, Load load) {
        super("heartbeat", sizes);
        this.load = load;
    }

    @Override
    Map<Metric, Double> measure(SubjectProcess subject, int users) {
        try (Crowd crowd = new Crowd(subject.awaitListening().port())) {
            crowd.connect(users, Load.CONNECTS_IN_FLIGHT, client -> "");
            long allIn = System.nanoTime();
            Broadcasting broadcasting = new Broadcasting(crowd, users, 1);
            broadcasting.warmUp(load.warmUp());
            crowd.run(() -> {
                crowd.viewer(0).emit(SocketEvents.CHANGE_VIDEO, "{\"videoId\":\"abcdefghijk\"}");
                crowd.viewer(0).emit(SocketEvents.PLAY, "{\"time\":0}");
            });
            Load.idle(FIRST_PINGS.minusNanos(System.nanoTime() - allIn));
            return beats(subject, crowd, users);
        }
    }

    private Map<Metric, Double> beats(SubjectProcess subject, Crowd crowd, int users) {
        long[] bytes = new long[2];
        long[] events = new long[2];
        Duration before = subject.meter().cpu();
        crowd.run(() -> {
            bytes[0] = crowd.bytes();
            events[0] = crowd.events();
        });
        Load.idle(load.duration());
        crowd.run(() -> {
            bytes[1] = crowd.bytes();
            events[1] = crowd.events();
        });
        Duration used = subject.meter().cpu().minus(before);
        double seconds = Load.millis(load.duration()) / 1000;
        long beats = (events[1] - events[0]) / users;
        if (Math.abs(beats - seconds) > 1.5) {
            throw new IllegalStateException(
                    "heartbeats: %d in %.0f s (expected: one a second)".formatted(beats, seconds));
        }
        return Map.of(
                Metric.HEARTBEAT_BYTES,
                (bytes[1] - bytes[0]) / (users * seconds),
                Metric.HEARTBEAT_CPU,
                Load.micros(used) / (users * seconds));
    }
}
