package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.EncodedEvent;
import dev.watchparty.server.socketio.TestingServer;
import dev.watchparty.server.socketio.TestingWebSocket;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fate of messages of other threads while their event loop does not process them. */
final class LaggingLoopTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final int MAX = Deliveries.MAX_WAITING / MEBIBYTE; // messages of a MiB

    private final EventLoop loop = new DefaultEventLoop();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Deliveries deliveries;

    @BeforeEach
    void start() throws Exception {
        deliveries =
                loop.submit(() -> Deliveries.of(loop, QueuedOutput.UNBOUNDED)).get();
    }

    @AfterEach
    void stop() throws Exception {
        goOn.countDown();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    @Test
    void closesTheReceiversOfMessagesThatDoNotFit() {
        holdUp(loop);

        List<Parcel> parcels = hand(MAX + 10, false);

        assertThat(parcels.subList(0, MAX - 1)).noneMatch(parcel -> parcel.receiversClosed);
        assertThat(parcels.subList(MAX, MAX + 10))
                .allMatch(parcel -> parcel.receiversClosed)
                .allMatch(parcel -> parcel.message.refCnt() == 0);
        goOn.countDown();
        await().untilAsserted(() -> assertThat(parcels).allMatch(parcel -> parcel.delivered != parcel.receiversClosed));
        await().untilAsserted(() -> assertThat(parcels).allMatch(parcel -> parcel.message.refCnt() == 0));
    }

    @Test
    void skipsHeartbeatsWhileThereIsRoomForTheRest() {
        holdUp(loop);

        List<Parcel> beats = hand(MAX, true);
        List<Parcel> changes = hand(MAX / 2 - 1, false);

        assertThat(beats).noneMatch(parcel -> parcel.receiversClosed);
        assertThat(changes).noneMatch(parcel -> parcel.receiversClosed);
        goOn.countDown();
        await().untilAsserted(() -> assertThat(changes).allMatch(parcel -> parcel.delivered));
        assertThat(beats).filteredOn(parcel -> parcel.delivered).hasSizeBetween(MAX / 2 - 1, MAX / 2);
    }

    @Test
    void acceptsMessagesAgainWhenItHasCaughtUp() {
        holdUp(loop);
        hand(MAX + 10, false);
        goOn.countDown();

        await().untilAsserted(() -> {
            Parcel parcel = hand(1, true).get(0);
            await().until(() -> parcel.delivered);
        });
    }

    @Test
    void takesAllMessagesThatItsOwnInputCauses() throws Exception {
        List<Parcel> parcels = loop.submit(() -> hand(MAX + 10, false)).get();

        await().untilAsserted(() -> assertThat(parcels).allMatch(parcel -> parcel.delivered));
    }

    @Test
    void closesTheReceiversOfABroadcast() throws Exception {
        try (TestingServer server = TestingServer.start(config -> config.maxQueuedBytes = 1 << 30)) {
            TestingWebSocket.connect(server);
            Audience audience = Audience.of(server.namespace().getAllClients());
            holdUp(TestingServer.sessionOf(audience.sockets().get(0)).loop());
            Broadcasts broadcasts = server.server.broadcasts("/");
            EncodedEvent event = broadcasts.encode("long", "x".repeat(MEBIBYTE));

            for (int i = 0; i < MAX + 10; i++) {
                broadcasts.send(event, audience, Set.of());
            }
            goOn.countDown();

            await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.SLOW_CONSUMER));
        }
    }

    private void holdUp(EventLoop held) {
        CountDownLatch reached = new CountDownLatch(1);
        held.execute(() -> {
            reached.countDown();
            awaitUninterruptibly(goOn);
        });
        awaitUninterruptibly(reached);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Parcel> hand(int count, boolean isVolatile) {
        List<Parcel> parcels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Parcel parcel = new Parcel(isVolatile);
            parcels.add(parcel);
            deliveries.add(parcel);
        }
        return parcels;
    }

    /** A message of nearly a MiB. */
    private static final class Parcel implements Deliveries.Delivery {
        private final OutboundMessage message = OutboundMessage.of("4" + "x".repeat(MEBIBYTE - 1000));
        private final boolean isVolatile;
        private volatile boolean delivered;
        private volatile boolean receiversClosed;

        Parcel(boolean isVolatile) {
            this.isVolatile = isVolatile;
        }

        @Override
        public OutboundMessage message() {
            return message;
        }

        @Override
        public boolean isVolatile() {
            return isVolatile;
        }

        @Override
        public void deliver(Consumer<EngineSession> toFlush) {
            delivered = true;
        }

        @Override
        public void closeReceivers() {
            receiversClosed = true;
        }
    }
}
