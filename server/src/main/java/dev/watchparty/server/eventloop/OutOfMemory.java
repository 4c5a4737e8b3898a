package dev.watchparty.server.eventloop;

import dev.watchparty.server.logging.ThrottledLog;
import io.netty.util.internal.OutOfDirectMemoryError;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about an {@link OutOfMemoryError}, wherever in the process it is met.
 *
 * <p>A lack of direct memory is one client's: whatever was to be read from it or sent to it fails, its connection is closed,
 * and the rest goes on. Anything else, such as an exhausted heap or a thread that cannot be started, has failed at a place
 * that nobody chose, and so has a lack of direct memory that does not end: it is fatal, and told to all who listen.
 */
public final class OutOfMemory {
    private static final Logger log = LoggerFactory.getLogger(OutOfMemory.class);

    /** How long direct memory may be short without a pause before that is fatal. */
    private static final Duration LONGEST_SHORTAGE = Duration.ofSeconds(30);

    /** What ends a shortage: so long without an error. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int MAX_CAUSES = 8;

    private static final Map<Object, Consumer<OutOfMemoryError>> listeners = new ConcurrentHashMap<>();
    private static final ThrottledLog shortage = new ThrottledLog(count -> log.atWarn()
            .addKeyValue("count", count)
            .log("connections closed: there is no direct memory for them; look at -XX:MaxDirectMemorySize and"
                    + " server.limits.max-queued-bytes-total"));
    private static final Shortage direct = new Shortage(System::nanoTime);

    private OutOfMemory() {}

    /** Adds one who is told of fatal errors, on the thread that met one. It may get little memory, if any. */
    public static void addListener(Object owner, Consumer<OutOfMemoryError> listener) {
        listeners.put(owner, listener);
    }

    public static void removeListener(Object owner) {
        listeners.remove(owner);
    }

    /**
     * To be told of whatever is caught where errors are caught, too. Never throws.
     *
     * @return whether it was a lack of memory, or came of one
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

    /** Netty's own, or the one of {@link java.nio.ByteBuffer#allocateDirect}, which only its text tells from others. */
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
                // The next one may need less.
            }
        }
    }

    /** Knows how long errors have come without a pause. */
    static final class Shortage {
        private final LongSupplier nanoTime;
        private long since;
        private long last;
        private boolean any;

        Shortage(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        /** There has been another error; true if there have been some for too long. */
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
