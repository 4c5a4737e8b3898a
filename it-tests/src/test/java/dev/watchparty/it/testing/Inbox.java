package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All events that one client received, in order. Each event is taken once, by the first {@link #await} that it fits.
 */
final class Inbox {
    /**
     * How long a busy machine may take for something that is immediate on a quiet one. Only a failing test waits this
     * long.
     */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String owner;
    private final List<ReceivedEvent> received = new ArrayList<>();
    private final List<ReceivedEvent> open = new ArrayList<>();

    Inbox(String owner) {
        this.owner = owner;
    }

    synchronized void add(ReceivedEvent event) {
        received.add(event);
        open.add(event);
        notifyAll();
    }

    synchronized List<ReceivedEvent> received() {
        return List.copyOf(received);
    }

    /** The events of that name that no {@link #await} has taken. */
    synchronized List<JsonNode> open(String name) {
        return open.stream()
                .filter(event -> event.name().equals(name))
                .map(ReceivedEvent::payload)
                .toList();
    }

    synchronized void forget() {
        open.clear();
    }

    synchronized ReceivedEvent await(String name, Predicate<JsonNode> predicate) {
        ReceivedEvent event = awaitWithoutTaking(name, predicate);
        open.remove(event);
        return event;
    }

    synchronized void awaitWithoutTaking(String name) {
        awaitWithoutTaking(name, payload -> true);
    }

    private ReceivedEvent awaitWithoutTaking(String name, Predicate<JsonNode> predicate) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (ReceivedEvent event : open) {
                if (event.name().equals(name) && predicate.test(event.payload())) {
                    return event;
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("%s waited %d s for %s; what came instead:%n%s"
                        .formatted(owner, PATIENCE.toSeconds(), name, listing()));
            }
            try {
                wait(Math.max(1, left / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(owner + " was interrupted while waiting for " + name, e);
            }
        }
    }

    private String listing() {
        return received.isEmpty()
                ? "  nothing"
                : received.stream().map(event -> "  " + event).collect(Collectors.joining("\n"));
    }
}
