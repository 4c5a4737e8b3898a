package dev.watchparty.bench.chaos;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.bench.client.Member;
import dev.watchparty.bench.client.MemberListener;
import dev.watchparty.bench.client.ServerEvent;
import dev.watchparty.protocol.SocketEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Knows the changes of every room, and compares with them all that members are told. A command is a seek to a mark, which
 * no other command has; rooms whose video plays have no marks, since a position there depends on the time. Belongs to the
 * party's event loop.
 */
final class Model implements MemberListener {
    /** The changes that a member missed come right after its {@code session:init}. */
    private static final Duration MISSED_CHANGES = Duration.ofSeconds(2);

    /** Somebody who has been here for so long does not leave. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private static final int MARKS_A_SECOND = 100;
    private static final long NONE = -1;

    /** The kinds of violations. */
    enum Rule {
        ONE_ORDER,
        ONE_CHANGE_A_NUMBER,
        NUMBERS_RISE,
        NUMBERS_RISE_OVER_A_RETURN,
        HEARTBEATS_ARE_UP_TO_DATE,
        APPLIED_ONCE,
        ACKNOWLEDGED_IS_KEPT,
        REFUSED_IS_NOT_APPLIED,
        PEOPLE_WHO_ARE_HERE_DO_NOT_LEAVE,
        PEOPLE_KEEP_THEIR_ID,
        LISTS_ARE_RIGHT,
        ALL_ARE_UP_TO_DATE,
        NEWCOMERS_ARE_UP_TO_DATE
    }

    private final BiConsumer<Rule, String> violations;
    private final Nodes nodes;
    private final Map<String, Room> rooms = new HashMap<>();
    private final Map<Integer, Seen> seen = new HashMap<>();
    private final Map<Long, Command> commands = new HashMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private int returns;
    private int losses;
    private int lowerGreetings;

    private static final class Room {
        private final Map<Long, Long> marks = new HashMap<>(); // by number
        private final Map<Long, Long> numbersOfMarks = new HashMap<>(); // the least: a node without Redis adds its own
        private final Map<String, Member> people = new HashMap<>();
        private boolean plays;
        private long highest = NONE;
        private long latestMark = NONE; // of the highest number that has one

        void learn(long number, long mark) {
            if (mark != NONE && number > highest) {
                latestMark = mark;
            }
            highest = Math.max(highest, number);
        }
    }

    /** The events that one member has received. */
    private static final class Seen {
        private long number = NONE;
        private boolean isPassing; // its number may be of a node that lacked Redis
        private long atInit = NONE;
        private long initAt;
        private long mark = NONE;
        private final List<Long> marks = new ArrayList<>();

        boolean hasHeardMoreThan(long other) {
            return mark != NONE && other != mark && marks.contains(other);
        }
    }

    private static final class Command {
        private final String room;
        private final long sentAt = System.nanoTime();
        private String answer = "";
        private boolean isUncertain; // its node may have missed the reply

        Command(String room) {
            this.room = room;
        }
    }

    /** The nodes, by their ports. */
    interface Nodes {
        int number(int port);

        /** Whether a node may lack Redis now, or what Redis has told the others. */
        boolean mayLackRedis(int port);

        /** Whether Redis has lost everything within this time. */
        boolean hasRedisLostAll(Duration within);
    }

    Model(BiConsumer<Rule, String> violations, Nodes nodes) {
        this.violations = violations;
        this.nodes = nodes;
    }

    private int node(Member member) {
        return nodes.number(member.port());
    }

    private boolean mayLackRedis(Member member) {
        return nodes.mayLackRedis(member.port());
    }

    private Room room(String name) {
        return rooms.computeIfAbsent(name, absent -> new Room());
    }

    private Seen seenBy(Member member) {
        return seen.computeIfAbsent(member.number(), absent -> new Seen());
    }

    /** From now on the video of that room plays. */
    void plays(String room) {
        room(room).plays = true;
    }

    /** A member gives a command that no other has given. */
    void command(Member member) {
        long number = commands.size() + 1L;
        commands.put(number, new Command(member.room()));
        member.emit(
                SocketEvents.SEEK,
                "{\"time\":%d.%02d}".formatted(number / MARKS_A_SECOND, number % MARKS_A_SECOND),
                number);
    }

    @Override
    public void heard(Member member, ServerEvent event, JsonNode payload) {
        Room room = room(member.room());
        switch (event) {
            case INIT -> init(member, room, payload);
            case SEEK, PLAY, PAUSE, VIDEO_CHANGE -> change(member, room, event, payload);
            case SYNC -> heartbeat(member, room, payload);
            case USER_LEFT -> left(member, room, payload);
            case USER_JOINED, IDENTITY -> {}
        }
    }

    private void heartbeat(Member member, Room room, JsonNode payload) {
        Seen before = seenBy(member);
        long number = payload.path("seq").asLong();
        if (number < before.number) {
            violation(Rule.HEARTBEATS_ARE_UP_TO_DATE, member, payload, "has " + before.number);
        }
        learn(member, before, number);
        room.learn(number, NONE);
    }

    private void learn(Member member, Seen before, long number) {
        before.isPassing = mayLackRedis(member);
        before.number = Math.max(before.number, number);
    }

    private void init(Member member, Room room, JsonNode payload) {
        Seen before = seenBy(member);
        long number = payload.path("seq").asLong();
        long mark = room.plays || !payload.path("lastAction").asText().equals("seek")
                ? NONE
                : Math.round(payload.path("playbackTime").asDouble() * MARKS_A_SECOND);
        boolean isLower = number < before.number || before.hasHeardMoreThan(mark);
        boolean mayBeOld = before.isPassing || mayLackRedis(member);
        if (isLower && mayBeOld) {
            lowerGreetings++;
        } else if (isLower) {
            violation(
                    Rule.NUMBERS_RISE_OVER_A_RETURN,
                    member,
                    payload,
                    "mark %d, had number %d and mark %d".formatted(mark, before.number, before.mark));
        }
        if (isLower || mayBeOld) {
            before.marks.clear(); // from here on it may hear of the same commands again
        }
        before.number = number;
        before.isPassing = mayLackRedis(member);
        before.atInit = number;
        before.initAt = System.nanoTime();
        before.mark = mark;
        room.people.put(member.id(), member);
        if (mark != NONE) {
            room.numbersOfMarks.merge(mark, number, Math::min);
        }
        room.learn(number, before.mark);
    }

    private void change(Member member, Room room, ServerEvent event, JsonNode payload) {
        Seen before = seenBy(member);
        long number = payload.path("seq").asLong();
        long mark = event == ServerEvent.SEEK && !room.plays
                ? Math.round(payload.path("time").asDouble() * MARKS_A_SECOND)
                : NONE;
        if (mark != NONE && mark != before.mark) { // a correction tells the mark again, under another number
            Long other = room.marks.putIfAbsent(number, mark);
            if (other != null && other != mark) {
                violation(Rule.ONE_CHANGE_A_NUMBER, member, payload, "mark %d, was mark %d".formatted(mark, other));
            }
            room.numbersOfMarks.merge(mark, number, Math::min);
            if (before.marks.contains(mark)) {
                violation(Rule.APPLIED_ONCE, member, payload, "mark %d again".formatted(mark));
            } else {
                before.marks.add(mark);
            }
            before.mark = mark;
        }
        room.learn(number, mark);
        boolean isMissed = number <= before.atInit && System.nanoTime() - before.initAt < MISSED_CHANGES.toNanos();
        if (number <= before.number && !isMissed) {
            violation(Rule.NUMBERS_RISE, member, payload, "has " + before.number);
        }
        learn(member, before, number);
    }

    private void left(Member member, Room room, JsonNode payload) {
        Member gone = room.people.get(payload.path("socketId").asText());
        if (gone != null
                && gone.id().equals(payload.path("socketId").asText())
                && gone.hereFor().compareTo(SETTLED) > 0
                && !mayLackRedis(gone)) { // else nobody can know yet that it is here
            violation(
                    Rule.PEOPLE_WHO_ARE_HERE_DO_NOT_LEAVE,
                    member,
                    payload,
                    "person %d is here for %s on node %d".formatted(gone.number(), gone.hereFor(), node(gone)));
        }
    }

    @Override
    public void answered(Member member, long acknowledgement, JsonNode arguments) {
        String code = arguments.path(0).path("error").path("code").asText("");
        if (code.isEmpty() && arguments.path(0).has("error")) {
            code = arguments.path(0).path("error").toString();
        }
        commands.get(acknowledgement).answer = code.isEmpty() ? "accepted" : code;
        commands.get(acknowledgement).isUncertain = mayLackRedis(member);
        refusals.merge(commands.get(acknowledgement).answer, 1, Integer::sum);
    }

    @Override
    public void lost(Member member, String why) {
        losses++;
    }

    @Override
    public void changedId(Member member, String before) {
        returns++;
        if (nodes.hasRedisLostAll(member.wasAwayFor())) {
            return; // and perhaps no node is left that knew it
        }
        violations.accept(
                Rule.PEOPLE_KEEP_THEIR_ID,
                "room %s: person %d was %s on node %d and is %s on node %d after %s"
                        .formatted(
                                member.room(),
                                member.number(),
                                before,
                                nodes.number(member.portBefore()),
                                member.id(),
                                node(member),
                                member.wasAwayFor()));
    }

    private void violation(Rule rule, Member member, JsonNode payload, String more) {
        violations.accept(
                rule,
                "room %s, number %s, person %d on node %d: %s"
                        .formatted(
                                member.room(),
                                payload.path("seq").asText("none"),
                                member.number(),
                                node(member),
                                more));
    }

    /** When all is quiet: lists, numbers, and the fate of all commands. */
    void checkEnd(Collection<Member> members) {
        for (Map.Entry<String, Room> entry : rooms.entrySet()) {
            Set<String> here = members.stream()
                    .filter(member -> member.room().equals(entry.getKey()) && member.isHere())
                    .map(Member::id)
                    .collect(toSet());
            for (Member member : members) {
                if (member.room().equals(entry.getKey())) {
                    checkEnd(member, entry.getValue(), here);
                }
            }
        }
        commands.forEach(this::checkFate);
    }

    private void checkEnd(Member member, Room room, Set<String> here) {
        if (!member.list().equals(here)) {
            Set<String> ghosts = new HashSet<>(member.list());
            ghosts.removeAll(here);
            Set<String> missing = new HashSet<>(here);
            missing.removeAll(member.list());
            violations.accept(
                    Rule.LISTS_ARE_RIGHT,
                    "room %s, person %d on node %d: not here %s, missing %s"
                            .formatted(member.room(), member.number(), node(member), ghosts, missing));
        }
        long last = NONE;
        for (long mark : seenBy(member).marks) {
            long number = room.numbersOfMarks.get(mark);
            if (number <= last) {
                violations.accept(
                        Rule.ONE_ORDER,
                        "room %s, person %d on node %d: mark %d, number %d, after number %d"
                                .formatted(member.room(), member.number(), node(member), mark, number, last));
            }
            last = number;
        }
        checkCurrent(Rule.ALL_ARE_UP_TO_DATE, member, room, true);
    }

    /** A number that stands for no change is told with the next one, or with the next heartbeat. */
    private void checkCurrent(Rule rule, Member member, Room room, boolean isHere) {
        Seen last = seenBy(member);
        boolean isMarked = !room.plays && room.latestMark != NONE;
        boolean isCurrent = isMarked ? last.mark == room.latestMark : last.number == room.highest;
        if (!isHere || !isCurrent) {
            violations.accept(
                    rule,
                    "room %s, person %d on node %d: number %d, mark %d (expected: number %d, mark %d)"
                            .formatted(
                                    member.room(),
                                    member.number(),
                                    node(member),
                                    last.number,
                                    last.mark,
                                    room.highest,
                                    room.latestMark));
        }
    }

    private void checkFate(long mark, Command command) {
        Room room = room(command.room);
        if (room.plays) {
            return;
        }
        boolean isApplied = room.numbersOfMarks.containsKey(mark);
        String what = "room %s, command %d, sent %d s before the end"
                .formatted(command.room, mark, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - command.sentAt));
        if (command.answer.equals("accepted") && !isApplied) {
            violations.accept(Rule.ACKNOWLEDGED_IS_KEPT, what + ": acknowledged, and nobody saw it");
        } else if (!command.answer.isEmpty()
                && !command.answer.equals("accepted")
                && isApplied
                && !command.isUncertain) {
            violations.accept(
                    Rule.REFUSED_IS_NOT_APPLIED,
                    "%s: %s, and it is number %d".formatted(what, command.answer, room.numbersOfMarks.get(mark)));
        }
    }

    /** Somebody has just come to a quiet room. */
    void checkNewcomer(Member member) {
        checkCurrent(Rule.NEWCOMERS_ARE_UP_TO_DATE, member, room(member.room()), member.isHere());
    }

    /** The event in one line. */
    String summary() {
        long unanswered = commands.values().stream()
                .filter(command -> command.answer.isEmpty())
                .count();
        return "%d commands: %s, %d without an answer; %d connections lost, %d came back as another, %d to a lower number at or from a node without Redis"
                .formatted(commands.size(), refusals, unanswered, losses, returns, lowerGreetings);
    }
}
