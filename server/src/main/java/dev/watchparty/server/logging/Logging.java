package dev.watchparty.server.logging;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The end of logging. */
public final class Logging {
    private Logging() {}

    /**
     * Writes what was logged and stops logging; waits 1 s at most. The last call of a process: events go through a queue,
     * and what is in it when the process ends is lost.
     */
    public static void stop() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
