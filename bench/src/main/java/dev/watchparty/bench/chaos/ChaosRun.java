package dev.watchparty.bench.chaos;

import dev.watchparty.bench.client.Member;
import dev.watchparty.bench.client.Party;
import dev.watchparty.bench.subject.Cluster;
import dev.watchparty.protocol.SocketEvents;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One run: people come to rooms on several nodes and give commands, faults happen, all becomes quiet, and the model
 * compares. The faults and their times come from the seed; the exact moments of threads and networks do not.
 */
public final class ChaosRun {
    private static final Duration ARRIVAL = Duration.ofMillis(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ALL_COME = Duration.ofMinutes(2);

    /** A lease, the grace, and a sweep. */
    private static final Duration QUIET = Duration.ofSeconds(60);

    private static final int PLAYING_ROOMS = 3; // each third
    private static final int SHOWN = 20;

    private final Plan plan;
    private final PrintStream out;
    private final Map<Model.Rule, Integer> counts = new EnumMap<>(Model.Rule.class);
    private long start;

    /**
     * The size of a run.
     *
     * @param perSecond commands of all people together
     */
    public record Plan(long seed, Duration length, int nodes, int people, int rooms, int perSecond) {
        public Plan {
            if (nodes < 1 || people < 1 || rooms < 1 || perSecond < 1 || length.isNegative()) {
                throw new IllegalArgumentException(
                        "%d nodes, %d people, %d rooms, %d commands a second for %s (expected: >= 1)"
                                .formatted(nodes, people, rooms, perSecond, length));
            }
        }
    }

    public ChaosRun(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /**
     * Runs it on a cluster with networks between the nodes and Redis, and returns the number of violations.
     *
     * @throws IllegalStateException if people cannot come
     */
    public int run(Cluster cluster) throws InterruptedException {
        start = System.nanoTime();
        Random random = new Random(plan.seed());
        Model[] model = {null};
        FaultInjector[] faults = {null};
        model[0] = new Model((rule, what) -> violated(rule, what, faults[0]), nodes(cluster, faults));
        try (Party party = new Party(
                        member -> cluster.node(random.nextInt(plan.nodes())).port(), model[0], random);
                FaultInjector injector = new FaultInjector(cluster, System.nanoTime(), this::say)) {
            faults[0] = injector;
            for (int person = 0; person < plan.people(); person++) {
                party.add("room" + person % plan.rooms());
                TimeUnit.NANOSECONDS.sleep(ARRIVAL.toNanos());
            }
            awaitAll(party);
            play(party, model[0]);
            say("all %d people are here".formatted(plan.people()));
            try (FaultInjector planned = new FaultInjector(cluster, System.nanoTime(), this::say)) {
                faults[0] = planned;
                boolean[] isOver = {false};
                party.after(Duration.ZERO, () -> command(party, model[0], random, isOver));
                planned.run(Fault.plan(plan.seed(), plan.length(), plan.nodes()));
                cluster.awaitListening();
                party.run(() -> isOver[0] = true);
                say("no more faults and commands");
            }
            awaitAll(party);
            say("all people are here again");
            TimeUnit.NANOSECONDS.sleep(QUIET.toNanos());
            party.run(() -> model[0].checkEnd(List.copyOf(party.members())));
            newcomers(party, model[0]);
            party.run(() -> say(model[0].summary()));
        }
        say("violations: " + (counts.isEmpty() ? "none" : counts));
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void play(Party party, Model model) {
        party.run(() -> {
            for (int room = 0; room < plan.rooms(); room += PLAYING_ROOMS) {
                Member first = party.members().get(room);
                model.plays(first.room());
                first.emit(SocketEvents.CHANGE_VIDEO, "{\"videoId\":\"abcdefghijk\"}");
                first.emit(SocketEvents.PLAY, "{\"time\":0}");
            }
        });
    }

    private void command(Party party, Model model, Random random, boolean[] isOver) {
        if (isOver[0]) {
            return;
        }
        Member member = party.members().get(random.nextInt(plan.people()));
        if (member.isHere()) {
            model.command(member);
        }
        party.after(
                Duration.ofNanos(TimeUnit.SECONDS.toNanos(1) / plan.perSecond()),
                () -> command(party, model, random, isOver));
    }

    private static void awaitAll(Party party) throws InterruptedException {
        long deadline = System.nanoTime() + ALL_COME.toNanos();
        long[] away = {1};
        while (away[0] > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%d people could not come within %s".formatted(away[0], ALL_COME));
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            party.run(() -> away[0] =
                    party.members().stream().filter(member -> !member.isHere()).count());
        }
    }

    private void newcomers(Party party, Model model) throws InterruptedException {
        for (int room = 0; room < plan.rooms(); room++) {
            party.add("room" + room);
        }
        awaitAll(party);
        party.run(() -> {
            List<Member> all = new ArrayList<>(party.members());
            all.subList(plan.people(), all.size()).forEach(model::checkNewcomer);
        });
    }

    private static Model.Nodes nodes(Cluster cluster, FaultInjector[] faults) {
        return new Model.Nodes() {
            @Override
            public int number(int port) {
                int number = cluster.size() - 1;
                while (number >= 0 && cluster.node(number).port() != port) {
                    number--;
                }
                return number;
            }

            @Override
            public boolean mayLackRedis(int port) {
                int number = number(port);
                return faults[0].effective().stream().anyMatch(fault -> fault.isOfRedis() || fault.node() == number);
            }

            @Override
            public boolean hasRedisLostAll(Duration within) {
                return faults[0].hasHappened(Fault.Kind.REDIS_EMPTY, within);
            }
        };
    }

    private void violated(Model.Rule rule, String what, FaultInjector faults) {
        int count = counts.merge(rule, 1, Integer::sum);
        if (count <= SHOWN) {
            say("VIOLATION %s: %s; faults: %s".formatted(rule, what, faults.effective()));
        }
    }

    private synchronized void say(String line) {
        out.printf(Locale.ROOT, "%7.2f s  %s%n", (System.nanoTime() - start) / 1e9, line);
    }
}
