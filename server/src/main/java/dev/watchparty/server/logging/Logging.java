package dev.watchparty.server.logging;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** How the runnable server logs. A program that it is a part of logs as it likes, and calls none of this. */
public final class Logging {
    private static final String CONFIGURATION_PROPERTY = "logback.configurationFile";
    private static final String CONFIGURATION = "dev/watchparty/server/logging/logback.xml";

    private Logging() {}

    /** Chooses the packaged configuration, unless whoever runs the process names another. Called before any logger is made. */
    public static void configure() {
        if (System.getProperty(CONFIGURATION_PROPERTY) == null) {
            System.setProperty(CONFIGURATION_PROPERTY, CONFIGURATION);
        }
    }

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
