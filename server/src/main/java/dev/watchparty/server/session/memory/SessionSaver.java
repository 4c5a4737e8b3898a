package dev.watchparty.server.session.memory;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.lifecycle.ManagedPart;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionEvent.Revived;
import dev.watchparty.server.session.SessionListener;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves the sessions soon after they have changed, on a thread of its own. */
@API(status = API.Status.INTERNAL)
@Singleton
public final class SessionSaver implements SessionListener, ManagedPart {
    private static final Logger log = LoggerFactory.getLogger(SessionSaver.class);

    /** How long a change may be only in memory, ms. */
    private static final long DELAY_MILLIS = 200;

    /** How often the file is written although nothing has changed, so that it does not become old, ms. */
    private static final long REFRESH_MILLIS = 10_000;

    /**
     * The file is written at least this many times in a window: if the process is killed, the window counts from the
     * last write.
     */
    private static final int REFRESHES_A_WINDOW = 10;

    /** The thread rests at least this many times as long as a save took. */
    private static final int REST = 10;

    private static final int LONGEST_SAVE_SECONDS = 10;

    private final SessionFile file;
    private final MemoryStore store;
    private final long refreshMillis;
    private final AtomicBoolean changed = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
        Thread saver = new Thread(task, "watchparty-saver");
        saver.setDaemon(true);
        return saver;
    });
    private long sinceSave;

    @Inject
    SessionSaver(SessionFile file, MemoryStore store, RecoveryWindow window) {
        this.file = requireNonNull(file, "file is null");
        this.store = requireNonNull(store, "store is null");
        this.refreshMillis = Math.min(REFRESH_MILLIS, window.length().toMillis() / REFRESHES_A_WINDOW);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Starts to save, if there is a file to save to. */
    @Override
    public void start() {
        if (file.open()) {
            thread.schedule(this::tick, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Saves for the last time, if there was a file to save to. Blocks. */
    @Override
    public void close() {
        thread.shutdown();
        awaitEnd();
        save();
        synchronized (this) {
            file.close();
        }
    }

    /** INVARIANT: the thread writes nothing after the file was closed, since another server may have it by then. */
    private void awaitEnd() {
        try {
            if (!thread.awaitTermination(LONGEST_SAVE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("a save of the sessions takes longer than {} s", LONGEST_SAVE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void entered(Entered event) {
        changed.set(true);
    }

    @Override
    public void joined(Joined event) {
        changed.set(true);
    }

    @Override
    public void left(Left event) {
        changed.set(true);
    }

    @Override
    public void reported(Reported event) {
        // Reports are not saved, and a save knows whoever is lost by its own time.
    }

    @Override
    public void revived(Revived event) {
        changed.set(true);
    }

    @Override
    public void changed(Changed event) {
        changed.set(true);
    }

    @Override
    public void corrected(Corrected event) {
        changed.set(true);
    }

    private void tick() {
        long cost = 0;
        sinceSave += DELAY_MILLIS;
        if (changed.getAndSet(false) || sinceSave >= refreshMillis) {
            long before = System.nanoTime();
            save();
            cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
            sinceSave = 0;
        }
        try {
            thread.schedule(this::tick, Math.max(DELAY_MILLIS, cost * REST), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The server closes, and saves for the last time.
        }
    }

    private synchronized void save() {
        try {
            if (file.isOpen()) {
                file.save(store.toSave());
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            // If this ended the thread, nothing would be saved any more.
            log.error("saving the sessions failed", e);
        }
    }
}
