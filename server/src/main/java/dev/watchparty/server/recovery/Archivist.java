package dev.watchparty.server.recovery;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SavedSessions;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Revived;
import dev.watchparty.server.session.SessionListener;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves the sessions soon after they have changed, on a thread of its own. */
@Singleton
public final class Archivist implements SessionListener {
    private static final Logger log = LoggerFactory.getLogger(Archivist.class);

    /** How long a change may be in memory alone, ms. */
    private static final long DELAY_MILLIS = 200;

    /** How often the archive says that it is not old, though nothing has changed, ms. */
    private static final long REFRESH_MILLIS = 10_000;

    /** How many times in a window at least it does so, as the window counts from there if the process is killed. */
    private static final int REFRESHES_A_WINDOW = 10;

    /** How many times as long as a save took the thread rests at least. */
    private static final int REST = 10;

    private final Archive archive;
    private final String secret;
    private final Supplier<Map<RoomId, SavedSessions.Saved>> sessions;
    private final long refreshMillis;
    private final AtomicBoolean changed = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread archivist = new Thread(task, "watchparty-archive");
        archivist.setDaemon(true);
        return archivist;
    });
    private long sinceSave;

    @Inject
    Archivist(
            Archive archive,
            Archive.Contents contents,
            RecoveryConfig config,
            Supplier<Map<RoomId, SavedSessions.Saved>> sessions) {
        this.archive = requireNonNull(archive, "archive is null");
        this.secret = contents.secret();
        this.refreshMillis = Math.min(REFRESH_MILLIS, config.window().toMillis() / REFRESHES_A_WINDOW);
        this.sessions = requireNonNull(sessions, "sessions is null");
    }

    /** Begins to save. */
    public void start() {
        if (archive.open()) {
            thread.schedule(this::tick, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Saves for the last time, if there was anything to save to. Blocks. */
    public void close() {
        thread.shutdown();
        if (archive.isOpen()) {
            save();
            archive.close();
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
        if (!thread.isShutdown()) {
            thread.schedule(this::tick, Math.max(DELAY_MILLIS, cost * REST), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void save() {
        try {
            archive.save(secret, sessions.get());
        } catch (RuntimeException | OutOfMemoryError e) {
            // Nothing would be saved any more if this ended the thread.
            log.error("saving the sessions failed", e);
        }
    }
}
