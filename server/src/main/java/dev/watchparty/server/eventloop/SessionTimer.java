package dev.watchparty.server.eventloop;

import java.time.Duration;

/**
 * One timer of a session, restartable. Used by the tasks of one {@link Mailbox}, where its own task runs too.
 *
 * <p>INVARIANT: after {@link #cancel} or another {@link #start} the earlier time counts no longer, even if it had come and
 * the task was already on its way through the mailbox. While it is pending it is on the wheel of the loop that the mailbox
 * is at.
 */
public final class SessionTimer extends TimerWheel.Timer {
    final SessionTimer nextOfMailbox;
    private final Mailbox mailbox;
    private final Runnable task;
    private boolean started; // and neither run nor cancelled since
    private long left; // ns, while the mailbox is between two loops

    /** Made by {@link Mailbox#newTimer}. */
    SessionTimer(Mailbox mailbox, Runnable task, SessionTimer nextOfMailbox) {
        this.mailbox = mailbox;
        this.task = task;
        this.nextOfMailbox = nextOfMailbox;
    }

    public void start(Duration delay) {
        start(delay.toNanos());
    }

    /**
     * Starts it anew.
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

    /** The mailbox moves: leaves the wheel of the old loop, on that loop. */
    void detach() {
        if (isPending()) {
            left = Math.max(0, wheel().left(this));
            wheel().cancel(this);
        }
    }

    /** The mailbox has moved: goes on the wheel of the new loop, on that loop, unless it was started there already. */
    void attach() {
        if (started && !isPending()) {
            wheel().start(this, left);
        }
    }
}
