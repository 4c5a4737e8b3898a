package dev.watchparty.server.limits;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The packets that a socket or an address may still send, of each kind. The tokens of a kind are created when it is
 * first sent.
 */
final class Allowance {
    private final Map<EventKind, Tokens> tokens = new ConcurrentHashMap<>();
    private final Function<EventKind, Tokens> factory;

    Allowance(Function<EventKind, Tokens> factory) {
        this.factory = factory;
    }

    boolean take(EventKind kind) {
        return of(kind).take();
    }

    /** How long it takes until one of a kind is available, whole milliseconds; zero if one is available now. */
    Duration untilOne(EventKind kind) {
        return of(kind).untilOne();
    }

    private Tokens of(EventKind kind) {
        return tokens.computeIfAbsent(kind, factory);
    }
}
