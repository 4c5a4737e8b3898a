package dev.watchparty.server.eventloop;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * One timer of a session, restartable. The tasks of one {@link Mailbox} use it, and its own task runs there too.
 *
 * <p>INVARIANT: after {@link #cancel} or another {@link #start} the earlier time no longer counts, even if it had come
 * and the task already waited in the mailbox. While the timer is pending it is on the wheel of the mailbox's loop.
 */
@API(status = API.Status.INTERNAL)
public final class SessionTimer extends TimerWheel.Timer {
    final SessionTimer nextOfMailbox;
    private final Mailbox mailbox;
    private final Runnable task;
    private boolean started; // and neither run nor cancelled since
    private long left; // ns, while the mailbox is between two loops

    /** Called by {@link Mailbox#newTimer}. */
    SessionTimer(Mailbox mailbox, Runnable task, SessionTimer nextOfMailbox) {
        this.mailbox = mailbox;
        this.task = task;
        this.nextOfMailbox = nextOfMailbox;
    }

    public void start(Duration delay) {
        start(delay.toNanos());
    }

    /**
     * Starts or restarts the timer.
     *
     * @param delay ns
     */
    public void start(long delay) {
        started = true;
        wheel().start(this, delay);
    }

    public void cancel() {
        started = false;
        if (isPending()) {
            wheel().cancel(this);
        }
    }

    private TimerWheel wheel() {
        return TimerWheel.of(mailbox.loop());
    }

    @Override
    protected void expire() {
        mailbox.run(this::runIfNotCancelled);
    }

    private void runIfNotCancelled() {
        if (started && !isPending()) {
            started = false;
            task.run();
        }
    }

    /** The mailbox is about to move: leaves the wheel of the old loop, on that loop. */
    void detach() {
        if (isPending()) {
            left = Math.max(0, wheel().left(this));
            wheel().cancel(this);
        }
    }

    /**
     * The mailbox has moved: joins the wheel of the new loop, on that loop, unless it has already been started there.
     */
    void attach() {
        if (started && !isPending()) {
            wheel().start(this, left);
        }
    }
}
