package dev.watchparty.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.bench.client.Member;
import dev.watchparty.bench.client.MemberListener;
import dev.watchparty.bench.client.Party;
import dev.watchparty.bench.client.ServerEvent;
import dev.watchparty.bench.subject.Cluster;
import dev.watchparty.bench.subject.SubjectProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * People in rooms of fifty are on two nodes, and one node ends. Its people come back to the other node as pages do:
 * after half a second to 1.5 s at first, and up to 7.5 s later if that fails. Nobody may hear that somebody left.
 */
final class Crash extends ClusterScenario {
    private static final int NODES = 2;
    private static final int PEOPLE_A_ROOM = 50;
    private static final int BATCH = 50;
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration SETTLE = Duration.ofSeconds(3);

    /** The lease of a node and the grace of its people: after both, those who have not come back leave. */
    private static final Duration LEASE_AND_GRACE = Duration.ofSeconds(27);

    private final Consumer<SubjectProcess> end;

    /** @param end ends the node, and may take its time */
    Crash(String name, List<Integer> sizes, Consumer<SubjectProcess> end) {
        super(name, sizes, NODES);
        this.end = end;
    }

    @Override
    public String sizeUnit() {
        return "users in rooms of " + PEOPLE_A_ROOM;
    }

    @Override
    Map<Metric, Double> measure(Cluster cluster, int users) {
        int rooms = Math.max(1, users / PEOPLE_A_ROOM);
        Returns returns = new Returns(users, rooms);
        int[] ports = {cluster.node(0).port(), cluster.node(1).port()};
        boolean[] isKilled = {false};
        try (Party party =
                new Party(member -> ports[isKilled[0] ? 1 : member.number() % NODES], returns, new Random(1))) {
            for (int user = 0; user < users; user++) {
                party.add("room" + (user / NODES) % rooms);
                if (user % BATCH == BATCH - 1) {
                    Load.idle(BETWEEN_BATCHES);
                }
            }
            returns.awaitAll(party);
            Load.idle(SETTLE);
            long killed = System.nanoTime();
            party.run(() -> {
                isKilled[0] = true;
                returns.expect(party);
            });
            end.accept(cluster.node(0));
            returns.awaitAll(party);
            double median = returns.median(killed);
            double all = returns.last(killed);
            Load.idle(LEASE_AND_GRACE.minusNanos(System.nanoTime() - killed));
            party.run(() -> returns.check(party));
            return Map.of(Metric.BACK_MEDIAN, median, Metric.BACK_TIME, all);
        }
    }

    /** Notes who is back. Belongs to the party's event loop. */
    private static final class Returns implements MemberListener {
        private final long[] rightAt;
        private final BitSet awaited;
        private final int[] peopleOf;
        private int left;
        private int othersNow;

        /** Places are taken in pairs, one on each node. */
        Returns(int users, int rooms) {
            this.peopleOf = new int[rooms];
            for (int user = 0; user < users; user++) {
                peopleOf[(user / NODES) % rooms]++;
            }
            this.rightAt = new long[users];
            this.awaited = new BitSet(users);
            awaited.set(0, users);
        }

        void expect(Party party) {
            left = 0;
            othersNow = 0;
            awaited.clear();
            for (Member member : party.members()) {
                if (member.number() % NODES == 0) {
                    awaited.set(member.number());
                }
            }
        }

        @Override
        public void heard(Member member, ServerEvent event, JsonNode payload) {
            if (event == ServerEvent.USER_LEFT) {
                left++;
            }
            if (event == ServerEvent.INIT || event == ServerEvent.USER_JOINED || event == ServerEvent.USER_LEFT) {
                rightAt[member.number()] = System.nanoTime();
            }
        }

        @Override
        public void changedId(Member member, String before) {
            othersNow++;
        }

        private boolean isRight(Member member) {
            int rooms = peopleOf.length;
            return member.isHere() && member.list().size() == peopleOf[(member.number() / NODES) % rooms];
        }

        void awaitAll(Party party) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            boolean[] all = {false};
            while (!all[0]) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("waited %s for all to be back".formatted(PATIENCE));
                }
                Load.idle(POLL);
                party.run(() ->
                        all[0] = awaited.stream().mapToObj(party.members()::get).allMatch(member -> isRight(member)));
            }
        }

        private List<Long> times() {
            List<Long> times = new ArrayList<>();
            awaited.stream().forEach(user -> times.add(rightAt[user]));
            times.sort(null);
            return times;
        }

        double median(long since) {
            List<Long> times = times();
            return (times.get(times.size() / 2) - since) / 1e6;
        }

        double last(long since) {
            List<Long> times = times();
            return (times.get(times.size() - 1) - since) / 1e6;
        }

        /** @throws IllegalStateException if somebody left or came as another, or a list is wrong */
        void check(Party party) {
            long wrong =
                    party.members().stream().filter(member -> !isRight(member)).count();
            if (left > 0 || othersNow > 0 || wrong > 0) {
                throw new IllegalStateException("%d leaves, %d came back as others, %d wrong lists (expected: none)"
                        .formatted(left, othersNow, wrong));
            }
        }
    }
}
