package dev.watchparty.server.logging;

import ch.qos.logback.classic.LoggerContext;
import org.apiguardian.api.API;
import org.slf4j.LoggerFactory;

/** The logging of the runnable server. A program that embeds the server logs in its own way, and calls none of this. */
@API(status = API.Status.INTERNAL)
public final class Logging {
    private static final String CONFIGURATION_PROPERTY = "logback.configurationFile";
    private static final String CONFIGURATION = "dev/watchparty/server/logging/logback.xml";

    private Logging() {}

    /** Selects the packaged configuration, unless the operator names another. Call it before any logger is created. */
    public static void configure() {
        if (System.getProperty(CONFIGURATION_PROPERTY) == null) {
            System.setProperty(CONFIGURATION_PROPERTY, CONFIGURATION);
        }
    }

    /**
     * Writes the events that were logged and stops logging; waits 1 s at most. It must be the last call of a process:
     * events go through a queue, and events in the queue are lost when the process ends.
     */
    public static void stop() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
