package dev.watchparty.server.session.redis;

import java.util.concurrent.atomic.LongAdder;

/** How many attempts the commands have needed. */
final class CommandCounts {
    private final LongAdder attempts = new LongAdder();
    private final LongAdder commands = new LongAdder();

    void attempt() {
        attempts.increment();
    }

    void accepted(int count) {
        commands.add(count);
    }

    long attempts() {
        return attempts.sum();
    }

    long commands() {
        return commands.sum();
    }
}
