package dev.watchparty.server.eventloop;

import dev.watchparty.server.logging.LogText;
import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers of one event loop: a hashed wheel (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", scheme 6).
 * Nearly all timers here are restarted or cancelled before their time. A start costs only a few writes: no object, and
 * no place in a sorted queue.
 *
 * <p>Timers are never early. They are late by up to {@link #TICK}, plus the lateness of the loop itself. INVARIANT:
 * used only by the thread of its loop.
 */
@API(status = API.Status.INTERNAL)
public final class TimerWheel {
    /** How much later than asked for a timer may run, ns. */
    public static final long TICK = TimeUnit.MILLISECONDS.toNanos(4);

    private static final Logger log = LoggerFactory.getLogger(TimerWheel.class);
    private static final LoopLocal<TimerWheel> OF_LOOP = new LoopLocal<>(TimerWheel::new);

    private static final int SLOTS = 8192; // 33 s: most timers are examined once
    private static final int EXPIRING = SLOTS; // one slot more, for the timers that are expiring
    private static final int NOWHERE = -1;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long MAX_DELAY = Long.MAX_VALUE / 4; // ns: no sum overflows

    private final EventLoop loop; // null if the alarm is not the loop's
    private final LongSupplier nanoTime;
    private final LongConsumer alarm;
    private final long origin;
    private final Timer[] slots = new Timer[SLOTS + 1];
    private final long[] occupied = new long[SLOTS / Long.SIZE]; // one bit per slot
    private int size;
    private long tick; // all slots up to this tick's have been processed
    private long alarmTick = NEVER;
    private Future<?> pendingAlarm;

    /** Runs a task after a delay, unless it is restarted or cancelled before. */
    public abstract static class Timer {
        private Timer previous; // null for the first of a slot
        private Timer next;
        private int slot = NOWHERE;
        private long due; // tick

        /** The timer has expired. Must not throw. */
        protected abstract void expire();

        boolean isPending() {
            return slot != NOWHERE;
        }
    }

    private TimerWheel(EventLoop loop) {
        this.loop = loop;
        this.nanoTime = System::nanoTime;
        this.alarm = this::setAlarm;
        this.origin = nanoTime.getAsLong();
    }

    /** @param alarm receives the delay in ns after which {@link #run} must be called; it replaces the previous one */
    TimerWheel(LongSupplier nanoTime, LongConsumer alarm) {
        this.loop = null;
        this.nanoTime = nanoTime;
        this.alarm = alarm;
        this.origin = nanoTime.getAsLong();
    }

    /** The wheel of an event loop. The caller must be on that loop. */
    public static TimerWheel of(EventLoop loop) {
        return OF_LOOP.of(loop);
    }

    private void setAlarm(long delay) {
        if (pendingAlarm != null) {
            pendingAlarm.cancel(false);
        }
        try {
            pendingAlarm = loop.schedule(this::run, delay, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Timers dropped: the event loop has stopped");
        }
    }

    /**
     * Starts a timer, or restarts it if it is pending. A timer that is postponed, as nearly all are, stays in its slot
     * until that slot is processed.
     *
     * @param delay ns
     */
    public void start(Timer timer, long delay) {
        if (size == 0) {
            tick = Math.max(tick, tickOf(nanoTime.getAsLong()));
        }
        long time = nanoTime.getAsLong() - origin + Math.min(delay, MAX_DELAY);
        timer.due = Math.max(Math.floorDiv(time + TICK - 1, TICK), tick + 1);
        if (timer.slot == NOWHERE || timer.slot == EXPIRING || turnOf(timer.slot) > timer.due) {
            cancel(timer);
            link(timer, slotOf(timer.due));
            awaitTurn(turnOf(timer.slot));
        }
    }

    public void cancel(Timer timer) {
        if (timer.slot != NOWHERE) {
            unlink(timer);
        }
    }

    /** The clock of the timers: {@link System#nanoTime}. */
    public long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** The time left for a pending timer, ns; negative if it is late. */
    long left(Timer timer) {
        return timer.due * TICK + origin - nanoTime.getAsLong();
    }

    /** Expires all timers that are due. */
    void run() {
        alarmTick = Long.MIN_VALUE; // until all expiring timers have started others
        long now = tickOf(nanoTime.getAsLong());
        tick = Math.max(tick, now - SLOTS); // after a standstill each slot is still processed once
        for (long turn = nextTurn(); turn <= now; turn = nextTurn()) {
            tick = turn;
            turn(slotOf(turn), now);
        }
        tick = Math.max(tick, now);
        alarmTick = NEVER;
        awaitTurn(nextTurn());
    }

    private void turn(int slot, long now) {
        Timer next;
        for (Timer timer = slots[slot]; timer != null; timer = next) {
            next = timer.next;
            int target = timer.due <= now ? EXPIRING : slotOf(timer.due);
            if (target != slot) { // else it is due at least one round of the wheel later
                unlink(timer);
                link(timer, target);
            }
        }
        while (slots[EXPIRING] != null) {
            Timer expiring = slots[EXPIRING];
            unlink(expiring);
            try {
                expiring.expire();
            } catch (RuntimeException | Error e) {
                OutOfMemory.report(e);
                log.error("A timer failed: {}", LogText.describe(e));
            }
        }
    }

    private void awaitTurn(long turn) {
        if (turn < alarmTick) {
            alarmTick = turn;
            alarm.accept(turn * TICK + origin - nanoTime.getAsLong());
        }
    }

    private long tickOf(long time) {
        return Math.floorDiv(time - origin, TICK);
    }

    private static int slotOf(long tick) {
        return (int) tick & SLOTS - 1;
    }

    /** The next tick at which a slot is processed. */
    private long turnOf(int slot) {
        return tick + 1 + slotOf(slot - tick - 1);
    }

    /** The next tick at which a slot with a timer is processed; {@link #NEVER} if there is none. */
    private long nextTurn() {
        int first = slotOf(tick + 1);
        int word = first / Long.SIZE;
        long bits = occupied[word] & -1L << first; // the shift takes the lowest 6 bits
        for (int i = 0; i <= occupied.length; i++) {
            if (bits != 0) {
                return turnOf(word * Long.SIZE + Long.numberOfTrailingZeros(bits));
            }
            word = (word + 1) % occupied.length;
            bits = occupied[word];
        }
        return NEVER;
    }

    private void link(Timer timer, int slot) {
        Timer first = slots[slot];
        timer.slot = slot;
        timer.next = first;
        if (first != null) {
            first.previous = timer;
        }
        slots[slot] = timer;
        size++;
        setOccupied(slot);
    }

    private void unlink(Timer timer) {
        if (timer.previous == null) {
            slots[timer.slot] = timer.next;
        } else {
            timer.previous.next = timer.next;
        }
        if (timer.next != null) {
            timer.next.previous = timer.previous;
        }
        setOccupied(timer.slot);
        size--;
        timer.slot = NOWHERE;
        timer.previous = null;
        timer.next = null;
    }

    private void setOccupied(int slot) {
        if (slot == EXPIRING) {
            return;
        }
        long bit = 1L << slot;
        if (slots[slot] == null) {
            occupied[slot / Long.SIZE] &= ~bit;
        } else {
            occupied[slot / Long.SIZE] |= bit;
        }
    }
}
