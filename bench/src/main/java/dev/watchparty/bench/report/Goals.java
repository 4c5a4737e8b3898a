package dev.watchparty.bench.report;

import static dev.watchparty.bench.subject.Subject.BEFORE;
import static dev.watchparty.bench.subject.Subject.FLOOR;
import static dev.watchparty.bench.subject.Subject.NODE;
import static dev.watchparty.bench.subject.Subject.NODE_REDIS;
import static dev.watchparty.bench.subject.Subject.OURS;
import static dev.watchparty.bench.subject.Subject.REDIS;

import dev.watchparty.bench.scenario.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The project's own goals. */
final class Goals {
    private final Results results;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Results results) {
        this.results = results;
    }

    /** The goals that the results cover. */
    static List<Goal> of(Results results) {
        Goals goals = new Goals(results);
        goals.fanOut();
        goals.arrivals();
        goals.storms();
        goals.memory();
        goals.start();
        goals.nodes();
        goals.change();
        return goals.goals;
    }

    private void fanOut() {
        for (int users : new int[] {500, 10_000}) {
            atMost(
                    1.3,
                    String.format(Locale.ROOT, "fan-out to %,d: CPU, ours / floor", users),
                    results.ratio("fanout", users, Metric.CPU_PER_DELIVERY, OURS, FLOOR));
        }
        for (int users : new int[] {500, 5_000, 10_000}) {
            atMost(
                    0.5,
                    String.format(Locale.ROOT, "fan-out to %,d: CPU, ours / node", users),
                    results.ratio("fanout", users, Metric.CPU_PER_DELIVERY, OURS, NODE));
            atMost(
                    0.6,
                    String.format(Locale.ROOT, "fan-out to %,d: last receiver, ours / node", users),
                    results.ratio("fanout", users, Metric.LAST_RECEIVER, OURS, NODE));
        }
        atMost(
                1.15,
                "fan-out: CPU per message at 10,000 / at 500",
                results.growth("fanout", OURS, Metric.CPU_PER_DELIVERY, 10_000, 500));
    }

    private void arrivals() {
        atLeast(3, "5,000 arrive: rate, ours / node", results.ratio("accept", 5_000, Metric.ACCEPT_RATE, OURS, NODE));
    }

    private void storms() {
        atMost(0.3, "500 join at once: time, ours / node", results.ratio("storm", 500, Metric.JOIN_TIME, OURS, NODE));
        atMost(0.3, "500 leave at once: time, ours / node", results.ratio("storm", 500, Metric.LEAVE_TIME, OURS, NODE));
        atMost(
                1.01,
                "500 join at once: bytes, ours / node",
                results.ratio("storm", 500, Metric.JOIN_BYTES, OURS, NODE));
        atMost(
                4.05,
                "all join at once: bytes, 1,000 / 500",
                results.growth("storm", OURS, Metric.JOIN_BYTES, 1_000, 500));
        atMost(
                1.2,
                "500 have left: resident, after / before they did",
                results.ratio("storm", 500, OURS, Metric.RESIDENT_AFTER, Metric.RESIDENT));
    }

    private void memory() {
        atMost(200, "500 connected: resident, MB", results.spread("memory", 500, OURS, Metric.RESIDENT));
        atMost(
                1,
                "10,000 connected: resident, ours / node",
                results.ratio("memory", 10_000, Metric.RESIDENT, OURS, NODE));
        atMost(1.1, "soak: resident, end / begin", soakGrowth());
    }

    private Optional<Spread> soakGrowth() {
        return results.measurements().stream()
                .filter(measurement -> measurement.scenario().equals("soak"))
                .findFirst()
                .flatMap(soak -> results.spread("soak", soak.size(), OURS, Metric.RESIDENT_GROWTH));
    }

    private void start() {
        atMost(
                1.5,
                "first 1,000 broadcasts to 100: CPU, cold / warm",
                results.ratio("cold", 100, OURS, Metric.COLD_CPU, Metric.STEADY_CPU));
        atMost(1_500, "start to the first client let in, ms", results.spread("startup", 1, OURS, Metric.STARTUP));
    }

    /** Several nodes on Redis. */
    private void nodes() {
        atMost(
                1.5,
                "command to the last of 500 on another node, redis / ours",
                results.ratio("across", 500, Metric.LAST_RECEIVER, REDIS, OURS));
        atMost(
                2,
                "command to the last of 500 on another node, redis - ours, ms",
                results.difference("across", 500, Metric.LAST_RECEIVER, REDIS, OURS));
        atMost(
                10,
                "command to the last of 500 on another node, p99, redis - ours, ms",
                results.difference("across", 500, Metric.LAST_RECEIVER_P99, REDIS, OURS));
        atMost(
                1.05,
                "500 on another node: CPU of that node, redis / ours",
                results.ratio("across", 500, Metric.CPU_PER_DELIVERY, REDIS, OURS));
        atMost(
                0.6,
                "500 on another node: CPU of all, redis / node-redis",
                results.ratio("across", 500, Metric.ALL_CPU, REDIS, NODE_REDIS));
        atMost(
                0.6,
                "500 on another node: last receiver, redis / node-redis",
                results.ratio("across", 500, Metric.LAST_RECEIVER, REDIS, NODE_REDIS));
        atMost(
                1.1,
                "20 commands a second from 4 nodes: attempts for each",
                results.spread("contention", 20, REDIS, Metric.ATTEMPTS));
        atLeast(
                475,
                "500 commands a second from 4 nodes: rate",
                results.spread("contention", 500, REDIS, Metric.COMMAND_RATE));
        atMost(
                3,
                "500 commands a second from 4 nodes: attempts for each",
                results.spread("contention", 500, REDIS, Metric.ATTEMPTS));
        atMost(
                1.1,
                "nobody commands: calls of Redis, 2,000 / 100 users",
                results.growth("watching", REDIS, Metric.REDIS_CALLS, 2_000, 100));
        for (int users : new int[] {2_000, 5_000, 10_000}) {
            atMost(
                    15_000,
                    String.format(Locale.ROOT, "%,d on 2 nodes, one killed: all back, ms", users),
                    results.spread("crash", users, REDIS, Metric.BACK_TIME));
        }
    }

    /** The accepted cost of a change. */
    private void change() {
        for (int users : new int[] {500, 5_000, 10_000}) {
            atMost(
                    1.02,
                    String.format(Locale.ROOT, "fan-out to %,d: CPU, ours / before", users),
                    results.ratio("fanout", users, Metric.CPU_PER_DELIVERY, OURS, BEFORE));
            atMost(
                    1.02,
                    String.format(Locale.ROOT, "%,d connected: resident, ours / before", users),
                    results.ratio("memory", users, Metric.RESIDENT, OURS, BEFORE));
        }
        for (int users : new int[] {500, 5_000}) {
            atLeast(
                    0.98,
                    String.format(Locale.ROOT, "%,d arrive: rate, ours / before", users),
                    results.ratio("accept", users, Metric.ACCEPT_RATE, OURS, BEFORE));
        }
    }

    private void atMost(double limit, String name, Optional<Spread> measured) {
        measured.ifPresent(spread -> goals.add(new Goal(name, spread, limit, true)));
    }

    private void atLeast(double limit, String name, Optional<Spread> measured) {
        measured.ifPresent(spread -> goals.add(new Goal(name, spread, limit, false)));
    }
}
