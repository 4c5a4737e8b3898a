package dev.watchparty.server.engineio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Recipients whose sessions are on WebSockets of one event loop: a message for all of them is handed over in one step.
 *
 * <p>They stay together: a session that has a WebSocket never leaves it, nor its loop.
 */
public final class FanOut {
    private final Deliveries deliveries;
    private final Receiver[] receivers;

    /** Somebody who is sent messages over a session. */
    public interface Recipient {
        EngineSession session();

        /** Whether it is to get what is sent to it. */
        boolean isMember();
    }

    /**
     * Recipients by where they are.
     *
     * @param settled those that are on a WebSocket
     * @param others those that have still to get one, perhaps
     */
    public record Groups<R extends Recipient>(List<FanOut> settled, List<R> others) {
        public Groups {
            settled = List.copyOf(settled);
            others = List.copyOf(others);
        }

        /** Whether one of the others has got a WebSocket since. */
        public boolean isOutdated() {
            return others.stream().anyMatch(other -> other.session().deliveries() != null);
        }
    }

    /** A recipient beside what it leads to: a broadcast need not follow one to find the next, each far off in memory. */
    private record Receiver(Recipient recipient, EngineSession session, WebSocketTransport webSocket) {
        boolean isTold(Set<?> except) {
            return recipient.isMember() && (except.isEmpty() || !except.contains(recipient));
        }
    }

    private FanOut(Deliveries deliveries, Receiver[] receivers) {
        this.deliveries = deliveries;
        this.receivers = receivers;
    }

    /** Groups recipients by the loops of their WebSockets. */
    public static <R extends Recipient> Groups<R> group(Collection<R> recipients) {
        Map<Deliveries, List<Receiver>> byLoop = new LinkedHashMap<>();
        List<R> others = new ArrayList<>();
        for (R recipient : recipients) {
            EngineSession session = recipient.session();
            Deliveries deliveries = session.deliveries();
            if (deliveries != null && session.transport() instanceof WebSocketTransport webSocket) {
                byLoop.computeIfAbsent(deliveries, loop -> new ArrayList<>())
                        .add(new Receiver(recipient, session, webSocket));
            } else {
                others.add(recipient);
            }
        }
        List<FanOut> settled = new ArrayList<>();
        byLoop.forEach(
                (deliveries, receivers) -> settled.add(new FanOut(deliveries, receivers.toArray(Receiver[]::new))));
        return new Groups<>(settled, others);
    }

    /**
     * Sends a message to all but some, and leaves the caller's hold on it to the caller. Any thread.
     *
     * @param isVolatile whether a recipient that cannot take it now goes without
     */
    public void send(OutboundMessage message, Set<?> except, boolean isVolatile) {
        deliveries.add(new Shared(message.retain(), receivers, except, isVolatile));
    }

    /** A message on its way to many. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Shared(OutboundMessage message, Receiver[] receivers, Set<?> except, boolean isVolatile)
            implements Deliveries.Delivery {
        @Override
        public void deliver(Consumer<EngineSession> toFlush) {
            for (Receiver receiver : receivers) {
                if (receiver.isTold(except)) {
                    receiver.session().deliver(receiver.webSocket(), message, isVolatile, toFlush);
                }
            }
        }

        @Override
        public void closeReceivers() {
            for (Receiver receiver : receivers) {
                if (receiver.isTold(except)) {
                    receiver.session().close(DisconnectReason.SLOW_CONSUMER);
                }
            }
        }
    }
}
