package dev.watchparty.server.session;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * Who has joined a room, in the order in which they did, for one thread at a time. Its {@linkplain #list lists} never
 * change and may be read by all.
 *
 * <p>A list is made anew only if somebody has left or has another name since the last one. Otherwise it shares the last
 * one's array, in whose free places only newcomers are put: who joins a crowd causes no copy of the crowd.
 */
final class Participants {
    private static final Participant[] NOBODY = {};

    private final Map<String, Participant> bySocketId = new LinkedHashMap<>();
    private Participant[] listed = NOBODY; // INVARIANT: a place that a list shows is never written again
    private boolean current = true; // whether all of bySocketId, in its order, is the beginning of it

    Optional<Participant> find(String socketId) {
        return Optional.ofNullable(bySocketId.get(socketId));
    }

    boolean contains(String socketId) {
        return bySocketId.containsKey(socketId);
    }

    int size() {
        return bySocketId.size();
    }

    boolean isEmpty() {
        return bySocketId.isEmpty();
    }

    /** Adds somebody at the end, or puts them where they were under another name. */
    void put(Participant participant) {
        if (bySocketId.put(participant.socketId(), participant) != null) {
            forgetList();
        } else if (current) {
            append(participant);
        }
    }

    private void append(Participant participant) {
        int last = bySocketId.size() - 1;
        if (last == listed.length) {
            listed = Arrays.copyOf(listed, Math.max(4, 2 * listed.length));
        }
        listed[last] = participant;
    }

    Optional<Participant> remove(String socketId) {
        Optional<Participant> removed = Optional.ofNullable(bySocketId.remove(socketId));
        removed.ifPresent(participant -> forgetList());
        return removed;
    }

    private void forgetList() {
        listed = NOBODY;
        current = false;
    }

    /** Who is there now; immutable. */
    List<Participant> list() {
        if (!current) {
            listed = bySocketId.values().toArray(NOBODY);
            current = true;
        }
        return new Listing(listed, bySocketId.size());
    }

    /** A list that is known never to change. */
    static List<Participant> copyOf(List<Participant> participants) {
        return participants instanceof Listing ? participants : List.copyOf(participants);
    }

    /** The beginning of an array. */
    private static final class Listing extends AbstractList<Participant> implements RandomAccess {
        private final Participant[] participants;
        private final int size;

        Listing(Participant[] participants, int size) {
            this.participants = participants;
            this.size = size;
        }

        @Override
        public Participant get(int index) {
            return participants[Objects.checkIndex(index, size)];
        }

        @Override
        public int size() {
            return size;
        }
    }
}
