package dev.watchparty.server.eventloop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A wheel whose clock the test sets, and which is called when its alarm is due. */
public final class TestingWheel {
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos(); // System.nanoTime() may overflow, too
    private long sinceStart;
    private long alarm = Long.MAX_VALUE; // since the start, ns
    public final TimerWheel wheel = new TimerWheel(() -> now + sinceStart, delay -> alarm = sinceStart + delay);

    /** A timer that records the times at which it expired, in ns since the start. */
    final class Timer extends TimerWheel.Timer {
        final List<Long> expiries = new ArrayList<>();
        Runnable then = () -> {};

        void start(long delay) {
            wheel.start(this, delay);
        }

        void cancel() {
            wheel.cancel(this);
        }

        @Override
        protected void expire() {
            expiries.add(sinceStart);
            then.run();
        }
    }

    public Timer newTimer() {
        return new Timer();
    }

    /** ns since the start. */
    public long now() {
        return sinceStart;
    }

    public boolean isAsleep() {
        return alarm == Long.MAX_VALUE;
    }

    public void advance(long nanos) {
        long target = sinceStart + nanos;
        while (alarm <= target) {
            sinceStart = Math.max(sinceStart, alarm);
            alarm = Long.MAX_VALUE;
            wheel.run();
        }
        sinceStart = target;
    }

    /** Time passes and nothing is called: the thread stands still, and wakes up late. */
    public void standStill(long nanos) {
        sinceStart += nanos;
    }
}
