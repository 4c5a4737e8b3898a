package dev.watchparty.bench.scenario;

import dev.watchparty.bench.client.Crowd;
import dev.watchparty.protocol.SocketEvents;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lets the first client of each room send, at a steady pace or as fast as everybody follows.
 *
 * <p>INVARIANT: servers ping a client 25 s after it has connected. A scenario that measures a steady price must end
 * before: at most 4 s for all to connect, {@link #WARM_UP_LIMIT}, {@link #SETTLE}, and the 8 s of {@link Load#duration}
 * unless another duration is chosen. Otherwise pings would count for subjects whose warm-up took long, and not for
 * others.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Broadcasting {
    /** This many broadcasts of the warm-up are checked together. */
    private static final int WARM_UP_BATCH = 20;

    /** With few listeners, many messages take long; and the first pings must not come during the measurement. */
    private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(10);

    /** For compilers that are still at work. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    /** How long a repeated message may take to arrive. */
    private static final Duration LAST_REPEATS = Duration.ofMillis(100);

    private final Crowd crowd;
    private final int users;
    private final int rooms;

    Broadcasting(Crowd crowd, int users, int rooms) {
        this.crowd = crowd;
        this.users = users;
        this.rooms = rooms;
    }

    /** Gives each sender a name of the usual length. */
    void nameSenders() {
        crowd.run(() -> {
            for (int room = 0; room < rooms; room++) {
                crowd.viewer(room).join("sender");
            }
        });
    }

    /**
     * Sends each broadcast as soon as the last receiver has the one before, until this many messages have been
     * delivered.
     */
    void warmUp(int messages) {
        long end = System.nanoTime() + WARM_UP_LIMIT.toNanos();
        for (int sent = 0; sent < messages && System.nanoTime() < end; sent += WARM_UP_BATCH * users) {
            DeliveryCheck deliveries = new DeliveryCheck(users, rooms, WARM_UP_BATCH);
            for (int broadcast = 0; broadcast < WARM_UP_BATCH; broadcast++) {
                sendAndAwait(deliveries, broadcast);
            }
            crowd.run(deliveries::check);
        }
        Load.idle(SETTLE);
    }

    private void sendAndAwait(DeliveryCheck deliveries, int broadcast) {
        CompletableFuture<Void> all = new CompletableFuture<>();
        crowd.run(() -> {
            crowd.listenWith((viewer, event, in, index, length) -> {
                deliveries.onEvent(viewer, event, in, index, length);
                if (deliveries.delivered() == (long) (broadcast + 1) * users) {
                    all.complete(null);
                }
            });
            long now = System.nanoTime();
            for (int room = 0; room < rooms; room++) {
                send(deliveries, room, broadcast, now);
            }
        });
        crowd.await(all, "a broadcast of the warm-up");
    }

    /**
     * Broadcasts at a steady pace, and returns when the last receiver has the last one.
     *
     * @param perSecond of each room; rooms take turns
     * @param broadcasts of each room
     */
    DeliveryCheck paced(double perSecond, int broadcasts) {
        DeliveryCheck deliveries = new DeliveryCheck(users, rooms, broadcasts);
        long interval = (long) (TimeUnit.SECONDS.toNanos(1) / (perSecond * rooms));
        crowd.run(() -> {
            crowd.listenWith(deliveries);
            sendDue(deliveries, System.nanoTime() + interval, interval, 0, broadcasts * rooms);
        });
        crowd.await(deliveries.complete(), "all broadcasts");
        Load.idle(LAST_REPEATS);
        return deliveries;
    }

    /** Sends the n-th of all broadcasts when it is due, and then the next. */
    private void sendDue(DeliveryCheck deliveries, long start, long interval, int first, int end) {
        int n = first;
        while (n < end && start + n * interval <= System.nanoTime()) {
            send(deliveries, n % rooms, n / rooms, start + n * interval);
            n++;
        }
        if (n < end) {
            int next = n;
            crowd.at(start + next * interval, () -> sendDue(deliveries, start, interval, next, end));
        }
    }

    private void send(DeliveryCheck deliveries, int room, int broadcast, long intended) {
        deliveries.sending(room, broadcast, intended);
        crowd.viewer(room).emit(SocketEvents.SEEK, DeliveryCheck.payload(broadcast));
    }
}
