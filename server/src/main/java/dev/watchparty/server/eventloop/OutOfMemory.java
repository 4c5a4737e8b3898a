package dev.watchparty.server.eventloop;

import dev.watchparty.server.logging.ThrottledLog;
import io.netty.util.internal.OutOfDirectMemoryError;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how to react to an {@link OutOfMemoryError}, wherever in the process it occurs.
 *
 * <p>A lack of direct memory concerns one client: the read or write fails, the client's connection is closed, and the
 * rest continues. Any other lack, such as an exhausted heap or a thread that cannot be started, can fail at any place
 * in the code. So can a lack of direct memory that does not end. Such an error is fatal, and all listeners are
 * notified.
 */
@API(status = API.Status.INTERNAL)
public final class OutOfMemory {
    private static final Logger log = LoggerFactory.getLogger(OutOfMemory.class);

    /** How long direct memory may be short without a pause before the shortage is fatal. */
    private static final Duration LONGEST_SHORTAGE = Duration.ofSeconds(30);

    /** A shortage ends after this long without an error. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int MAX_CAUSES = 8;

    private static final Map<Object, Consumer<OutOfMemoryError>> listeners = new ConcurrentHashMap<>();
    private static final ThrottledLog shortage = new ThrottledLog(count -> log.atWarn()
            .addKeyValue("count", count)
            .log("connections closed: there is no direct memory for them; look at -XX:MaxDirectMemorySize and"
                    + " server.limits.max-queued-bytes-total"));
    private static final Shortage direct = new Shortage(System::nanoTime);

    private OutOfMemory() {}

    /**
     * Adds a listener for fatal errors. It is called on the thread that met the error, and may have little memory or
     * none.
     */
    public static void addListener(Object owner, Consumer<OutOfMemoryError> listener) {
        listeners.put(owner, listener);
    }

    public static void removeListener(Object owner) {
        listeners.remove(owner);
    }

    /**
     * Call this for every error that is caught, too. Never throws.
     *
     * @return whether it was a lack of memory, or was caused by one
     */
    public static boolean report(Throwable caught) {
        OutOfMemoryError error = find(caught);
        if (error == null) {
            return false;
        }
        try {
            if (!isOfDirectMemory(error)) {
                tell(error);
                return true;
            }
            shortage.count();
        } catch (OutOfMemoryError again) {
            tell(again);
        }
        if (direct.lasts()) {
            tell(error);
        }
        return true;
    }

    private static OutOfMemoryError find(Throwable caught) {
        Throwable cause = caught;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError error) {
                return error;
            }
        }
        return null;
    }

    /**
     * Netty's own error, or that of {@link java.nio.ByteBuffer#allocateDirect}, which differs from others only in its
     * text.
     */
    public static boolean isOfDirectMemory(OutOfMemoryError error) {
        String message = error.getMessage();
        return error instanceof OutOfDirectMemoryError
                || (message != null && message.toLowerCase(Locale.ROOT).contains("direct buffer memory"));
    }

    private static void tell(OutOfMemoryError error) {
        for (Consumer<OutOfMemoryError> listener : listeners.values()) {
            try {
                listener.accept(error);
            } catch (RuntimeException | Error e) {
                // The next listener may need less memory.
            }
        }
    }

    /** Measures how long errors have come without a pause. */
    static final class Shortage {
        private final LongSupplier nanoTime;
        private long since;
        private long last;
        private boolean any;

        Shortage(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        /** Records another error; returns true if errors have come for too long. */
        synchronized boolean lasts() {
            long now = nanoTime.getAsLong();
            if (!any || now - last > PAUSE.toNanos()) {
                since = now;
            }
            any = true;
            last = now;
            return now - since > LONGEST_SHORTAGE.toNanos();
        }
    }
}
