package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.EventListener;
import dev.watchparty.bench.client.ServerEvent;
import dev.watchparty.bench.client.Viewer;
import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Each client's list of the users who have joined, as a page keeps it. Belongs to the crowd's event loop. */
final class Rosters implements EventListener {
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final BitSet[] lists;
    private final CompletableFuture<Void> allFull = new CompletableFuture<>();
    private final CompletableFuture<Void> firstAlone = new CompletableFuture<>();
    private int full;

    Rosters(int users) {
        this.lists = new BitSet[users];
        for (int user = 0; user < users; user++) {
            lists[user] = new BitSet(users);
        }
    }

    @Override
    public void onEvent(Viewer viewer, ServerEvent event, ByteBuf in, int index, int length) {
        BitSet list = lists[viewer.number()];
        int before = list.cardinality();
        switch (event) {
            case INIT -> {
                list.clear();
                ServerEvent.forEachSocketId(in, index, length, id -> list.set(numberOf(id)));
            }
            case USER_JOINED -> ServerEvent.forEachSocketId(in, index, length, id -> list.set(numberOf(id)));
            case USER_LEFT -> ServerEvent.forEachSocketId(in, index, length, id -> list.clear(numberOf(id)));
            default -> {
                return;
            }
        }
        int after = list.cardinality();
        full += (after == lists.length ? 1 : 0) - (before == lists.length ? 1 : 0);
        if (full == lists.length) {
            allFull.complete(null);
        }
        if (viewer.number() == 0 && after == 1 && before > 1) {
            firstAlone.complete(null);
        }
    }

    private int numberOf(long socketId) {
        return numbers.computeIfAbsent(socketId, absent -> numbers.size());
    }

    /** Completes when everybody's list holds everybody. */
    CompletableFuture<Void> allFull() {
        return allFull;
    }

    /** Completes when the list of the first client holds nobody else. */
    CompletableFuture<Void> firstAlone() {
        return firstAlone;
    }
}
