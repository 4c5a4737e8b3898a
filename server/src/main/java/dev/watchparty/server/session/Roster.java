package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.UserReport;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The sockets in a room, and the participants among them in the order in which they joined. Immutable.
 *
 * <p>A roster with one more participant shares the array of the roster before it, and puts the newcomer in the array's
 * free place. So a crowd that joins causes no copy of the crowd for each newcomer. A roster with one participant less,
 * or with another name, gets its own array.
 */
public final class Roster {
    /** The roster of a room without sockets. */
    public static final Roster EMPTY =
            new Roster(HashTreePMap.empty(), Listing.EMPTY, HashTreePMap.empty(), HashTreePMap.empty());

    private final PMap<String, Presence> bySocketId;
    private final Listing participants;
    private final PMap<String, Integer> socketsOf; // how many participants a person is
    private final PMap<String, UserReport> reports; // of the participants of whom anything is known

    private Roster(
            PMap<String, Presence> bySocketId,
            Listing participants,
            PMap<String, Integer> socketsOf,
            PMap<String, UserReport> reports) {
        this.bySocketId = bySocketId;
        this.participants = participants;
        this.socketsOf = socketsOf;
        this.reports = reports;
    }

    /** The presence of a socket. */
    public Optional<Presence> find(String socketId) {
        return Optional.ofNullable(bySocketId.get(socketId));
    }

    /** All presences, in no order. */
    Stream<Presence> presences() {
        return bySocketId.values().stream();
    }

    /** The sockets of one person, in no order. */
    Stream<Presence> presencesOf(String participantId) {
        return presences().filter(presence -> presence.participantId().equals(participantId));
    }

    /** Whether the room has no socket. */
    public boolean isEmpty() {
        return bySocketId.isEmpty();
    }

    /** The participants, in the order in which they joined. The list never changes. */
    public List<Participant> participants() {
        return participants;
    }

    /** How many people the participants are: several sockets may be of one person. */
    public int peopleCount() {
        return socketsOf.size();
    }

    /** How the participants are of whom anything is known, by socket id. The map never changes. */
    public Map<String, UserReport> reports() {
        return reports;
    }

    /** A participant has reported. Nothing changes if the socket has not joined. */
    public Roster reported(String socketId, PlayerReport report) {
        return find(socketId)
                .filter(presence -> presence.participant().isPresent())
                .map(presence -> with(presence.with(Optional.of(report))))
                .orElse(this);
    }

    /**
     * Adds a socket, or replaces its presence. If the socket has joined already, its participant keeps its place in the
     * order.
     */
    public Roster with(Presence presence) {
        requireNonNull(presence, "presence is null");
        String socketId = presence.visitor().socketId();
        return changed(bySocketId.plus(socketId, presence), socketId, Optional.of(presence));
    }

    /** Removes a socket. */
    public Roster without(String socketId) {
        return changed(bySocketId.minus(socketId), socketId, Optional.empty());
    }

    private Roster changed(PMap<String, Presence> next, String socketId, Optional<Presence> presence) {
        Optional<Participant> before = find(socketId).flatMap(Presence::participant);
        Optional<Participant> after = presence.flatMap(Presence::participant);
        Optional<UserReport> report = presence.flatMap(Presence::toReport);
        return new Roster(
                next,
                participants.changed(before, after),
                counted(before.map(Participant::participantId), after.map(Participant::participantId)),
                report.map(known -> reports.plus(socketId, known)).orElseGet(() -> reports.minus(socketId)));
    }

    private PMap<String, Integer> counted(Optional<String> before, Optional<String> after) {
        if (before.equals(after)) {
            return socketsOf;
        }
        PMap<String, Integer> counted = before.map(id -> {
                    int others = socketsOf.get(id) - 1;
                    return others == 0 ? socketsOf.minus(id) : socketsOf.plus(id, others);
                })
                .orElse(socketsOf);
        return after.map(id -> counted.plus(id, counted.getOrDefault(id, 0) + 1))
                .orElse(counted);
    }

    /** Returns a list that never changes. A list that is known never to change is not copied. */
    static List<Participant> copyOf(List<Participant> participants) {
        return participants instanceof Listing ? participants : List.copyOf(participants);
    }

    /** The beginning of an array that later lists may share. */
    private static final class Listing extends AbstractList<Participant> implements RandomAccess {
        private static final Listing EMPTY = new Listing(new Participant[0], 0, new AtomicInteger());

        private final Participant[] places; // INVARIANT: a place that a list shows is never written again
        private final int size;
        private final AtomicInteger taken; // how many places of the array some list shows

        Listing(Participant[] places, int size, AtomicInteger taken) {
            this.places = places;
            this.size = size;
            this.taken = taken;
        }

        static Listing owning(Participant[] places, int size) {
            return new Listing(places, size, new AtomicInteger(size));
        }

        Listing changed(Optional<Participant> before, Optional<Participant> after) {
            if (before.equals(after)) {
                return this;
            }
            if (before.isEmpty()) {
                return plus(after.orElseThrow());
            }
            int index = indexOf(before.orElseThrow());
            return after.isPresent() ? with(index, after.orElseThrow()) : without(index);
        }

        private Listing plus(Participant added) {
            if (size < places.length && taken.compareAndSet(size, size + 1)) {
                places[size] = added;
                return new Listing(places, size + 1, taken);
            }
            Participant[] copy = Arrays.copyOf(places, Math.max(4, 2 * size), Participant[].class);
            Arrays.fill(copy, size, Math.min(places.length, copy.length), null);
            copy[size] = added;
            return owning(copy, size + 1);
        }

        private Listing with(int index, Participant renamed) {
            Participant[] copy = Arrays.copyOf(places, size);
            copy[index] = renamed;
            return owning(copy, size);
        }

        private Listing without(int index) {
            Participant[] copy = new Participant[size - 1];
            System.arraycopy(places, 0, copy, 0, index);
            System.arraycopy(places, index + 1, copy, index, size - 1 - index);
            return owning(copy, size - 1);
        }

        @Override
        public Participant get(int index) {
            return places[Objects.checkIndex(index, size)];
        }

        @Override
        public int size() {
            return size;
        }
    }
}
