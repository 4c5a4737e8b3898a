package dev.watchparty.it.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Collects Netty's reports of buffers that were not released in this JVM. Failsafe starts it with the paranoid level,
 * which watches every buffer.
 */
final class LeakWatch {
    private static final int COLLECTIONS = 3;

    private static final LeakWatch INSTANCE = new LeakWatch();

    private final List<String> leaks = new CopyOnWriteArrayList<>();

    private LeakWatch() {
        if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
            throw new IllegalStateException(
                    "io.netty.leakDetection.level: %s (expected: paranoid)".formatted(ResourceLeakDetector.getLevel()));
        }
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                leaks.add(event.getFormattedMessage());
            }
        };
        appender.start();
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(appender);
    }

    static void start() {
        requireNone();
    }

    /**
     * Fails if a buffer was collected before it was released. Netty reports it at the next allocation after the
     * collection.
     */
    static void requireNone() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer().release();
        }
        if (!INSTANCE.leaks.isEmpty()) {
            throw new AssertionError("buffers leaked: " + INSTANCE.leaks);
        }
    }
}
