package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets everything pass unless told otherwise, and counts. */
public final class TestingLimiter implements EventLimiter {
    public final List<InetAddress> asked = new CopyOnWriteArrayList<>();
    public final List<InetAddress> askedAs = new CopyOnWriteArrayList<>();
    public final AtomicInteger openLeases = new AtomicInteger();
    public final AtomicInteger releasedTwice = new AtomicInteger();
    public final AtomicInteger packets = new AtomicInteger();
    public volatile boolean admits = true;
    public volatile EventVerdict onEvent = EventVerdict.PASS;
    public volatile Verdict onPacket = Verdict.PASS;

    /** The answers to requests for an early event's allowance, one after the other. */
    public final Queue<Duration> untilAllowed = new ConcurrentLinkedQueue<>();

    public final AtomicInteger asks = new AtomicInteger();

    @Override
    public Optional<EventLease> admit(InetAddress client, InetAddress counted) {
        asked.add(client);
        askedAs.add(counted);
        if (!admits) {
            return Optional.empty();
        }
        openLeases.incrementAndGet();
        return Optional.of(new TestingLease());
    }

    private final class TestingLease implements EventLease {
        private final AtomicBoolean released = new AtomicBoolean();

        @Override
        public EventVerdict onEvent(SocketIOClient client, String event) {
            return onEvent;
        }

        @Override
        public Duration take(String event) {
            asks.incrementAndGet();
            return untilAllowed.poll();
        }

        @Override
        public Verdict onPacket() {
            packets.incrementAndGet();
            return onPacket;
        }

        @Override
        public void release() {
            if (released.compareAndSet(false, true)) {
                openLeases.decrementAndGet();
            } else {
                releasedTwice.incrementAndGet();
            }
        }
    }
}
