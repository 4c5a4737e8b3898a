package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.EventListener;
import dev.watchparty.bench.client.ServerEvent;
import dev.watchparty.bench.client.Viewer;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Checks and times broadcasts: every client of a room must get each of its broadcasts once, in order.
 *
 * <p>A broadcast is a seek, and its whole seconds are its number in its room. Latencies count from the intended time of
 * sending, so that a delayed sender hides nothing. Belongs to the crowd's event loop.
 */
final class DeliveryCheck implements EventListener {
    private static final int FIRST_MARK = 10_000;
    private static final int MARKS = 76_000; // up to the longest position that servers take, 24 h

    private final int users;
    private final int rooms;
    private final int broadcasts;
    private final int[] next;
    private final long[] intended;
    private final int[] micros;
    private final int[] arrived;
    private final CompletableFuture<Void> complete = new CompletableFuture<>();
    private long delivered;
    private long faults;
    private String firstFault = "";

    /**
     * @param users of all rooms together; those of one room are every {@code rooms}-th
     * @param broadcasts of each room
     */
    DeliveryCheck(int users, int rooms, int broadcasts) {
        if (broadcasts > MARKS) {
            throw new IllegalArgumentException("broadcasts: %d (expected: <= %d)".formatted(broadcasts, MARKS));
        }
        this.users = users;
        this.rooms = rooms;
        this.broadcasts = broadcasts;
        this.next = new int[users];
        this.intended = new long[rooms * broadcasts];
        this.arrived = new int[rooms * broadcasts];
        this.micros = new int[users * broadcasts];
    }

    /** The payload of a room's broadcast. */
    static String payload(int broadcast) {
        return "{\"time\":" + (FIRST_MARK + broadcast) + "}";
    }

    /** A broadcast is about to be sent that was due at a time of {@link System#nanoTime}. */
    void sending(int room, int broadcast, long intendedNanos) {
        intended[room * broadcasts + broadcast] = intendedNanos;
    }

    @Override
    public void onEvent(Viewer viewer, ServerEvent event, ByteBuf in, int index, int length) {
        if (event == ServerEvent.SEEK) {
            received(viewer.number(), event.time(in, index) - FIRST_MARK, System.nanoTime());
        }
    }

    /** A client has received a broadcast of its room, at a time of {@link System#nanoTime}. */
    void received(int user, int broadcast, long nanos) {
        if (broadcast < 0 || broadcast >= broadcasts) {
            fault(user, broadcast);
            return;
        }
        if (broadcast != next[user]) {
            fault(user, broadcast);
        }
        next[user] = broadcast + 1;
        int id = (user % rooms) * broadcasts + broadcast;
        int place = arrived[id]++;
        if (place < usersOf(user % rooms)) {
            micros[firstPlace(user % rooms, broadcast) + place] =
                    (int) TimeUnit.NANOSECONDS.toMicros(nanos - intended[id]);
        }
        if (++delivered == expected()) {
            complete.complete(null);
        }
    }

    private void fault(int user, int broadcast) {
        if (faults++ == 0) {
            firstFault = "client %d got broadcast %d (expected: %d)".formatted(user, broadcast, next[user]);
        }
    }

    private int usersOf(int room) {
        return users / rooms + (room < users % rooms ? 1 : 0);
    }

    private int firstPlace(int room, int broadcast) {
        int before = room * (users / rooms) + Math.min(room, users % rooms);
        return before * broadcasts + broadcast * usersOf(room);
    }

    private long expected() {
        return (long) users * broadcasts;
    }

    /** Completes when all expected messages have arrived, in any order. */
    CompletableFuture<Void> complete() {
        return complete;
    }

    long delivered() {
        return delivered;
    }

    /** @throws IllegalStateException if a message was lost, reordered or repeated */
    void check() {
        if (faults > 0 || delivered != expected()) {
            throw new IllegalStateException("%d of %d messages delivered, %d out of order: %s"
                    .formatted(delivered, expected(), faults, firstFault));
        }
    }

    /**
     * How long the slowest of all broadcasts took to reach the last of its receivers, ms: a stall of the server shows
     * here.
     */
    double worst() {
        return Arrays.stream(micros).max().orElse(0) / 1000.0;
    }

    /** The time that the given part of all broadcasts stayed below until their last receivers had them, ms. */
    double lastReceiver(double percentileOfBroadcasts) {
        return overBroadcasts(100, percentileOfBroadcasts);
    }

    /** The median over broadcasts of the time that one took to reach the given part of its receivers, ms. */
    double medianOverBroadcasts(double percentile) {
        return overBroadcasts(percentile, 50);
    }

    private double overBroadcasts(double percentile, double percentileOfBroadcasts) {
        Histogram overBroadcasts = new Histogram(3);
        Histogram one = new Histogram(3);
        for (int room = 0; room < rooms; room++) {
            for (int broadcast = 0; broadcast < broadcasts; broadcast++) {
                one.reset();
                int from = firstPlace(room, broadcast);
                for (int place = from; place < from + usersOf(room); place++) {
                    one.recordValue(Math.max(0, micros[place]));
                }
                overBroadcasts.recordValue(one.getValueAtPercentile(percentile));
            }
        }
        return overBroadcasts.getValueAtPercentile(percentileOfBroadcasts) / 1000.0;
    }
}
