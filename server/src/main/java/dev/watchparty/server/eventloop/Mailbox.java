package dev.watchparty.server.eventloop;

import dev.watchparty.server.logging.LogText;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of one session, one at a time, in order.
 *
 * <p>A session's requests come over several connections, and so on several event loops. INVARIANT: a task runs on the
 * thread of the mailbox's current loop, after all tasks that were submitted before it. So state that only tasks use
 * needs no lock, and when a task calls the application's code, it holds none of our locks.
 */
@API(status = API.Status.INTERNAL)
public final class Mailbox {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(2);
    private volatile EventLoop loop;
    private boolean active; // a task is running, or the loop has been asked to run some
    private SessionTimer timers; // the first of a list; only tasks use it, except when a timer is made

    public Mailbox(EventLoop loop) {
        this.loop = loop;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Runs a task: before this returns if the caller is on the loop and no task waits, later otherwise. */
    public void run(Runnable task) {
        synchronized (this) {
            if (active || !loop.inEventLoop()) {
                add(task);
                return;
            }
            active = true;
        }
        runLogged(task);
        drain();
    }

    /** Runs a task, and never within this call. */
    public synchronized void runLater(Runnable task) {
        add(task);
    }

    /** Makes a timer whose task runs here. Called by a task, or before the first one. */
    public SessionTimer newTimer(Runnable task) {
        timers = new SessionTimer(this, task, timers);
        return timers;
    }

    /** Moves to another loop, with its timers; called by a task, which is the last one to run on the old loop. */
    public void moveTo(EventLoop target) {
        forEachTimer(SessionTimer::detach);
        synchronized (this) {
            loop = target;
            add(() -> forEachTimer(SessionTimer::attach));
        }
    }

    private void forEachTimer(Consumer<SessionTimer> action) {
        for (SessionTimer timer = timers; timer != null; timer = timer.nextOfMailbox) {
            action.accept(timer);
        }
    }

    private void add(Runnable task) {
        tasks.add(task);
        if (!active) {
            active = true;
            schedule();
        }
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (this) {
                if (tasks.isEmpty()) {
                    active = false;
                    return;
                }
                if (!loop.inEventLoop()) {
                    schedule();
                    return;
                }
                task = tasks.poll();
            }
            runLogged(task);
        }
    }

    private void schedule() {
        try {
            loop.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // The server has stopped, so the tasks no longer matter.
            tasks.clear();
            log.debug("Tasks of a session dropped: its event loop has stopped");
        }
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            OutOfMemory.report(e);
            log.error("A session's task failed: {}", LogText.describe(e));
        }
    }
}
