package dev.watchparty.server.engineio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * Recipients whose sessions are on WebSockets of one event loop. A message for all of them is handed over in one step.
 *
 * <p>They stay together: a session that has a WebSocket leaves neither the WebSocket nor its loop.
 */
@API(status = API.Status.INTERNAL)
public final class FanOut {
    private final Deliveries deliveries;
    private final Receiver[] receivers;

    /** A receiver of messages over a session. */
    public interface Recipient {
        EngineSession session();

        /** Whether it should receive the messages that are sent to it. */
        boolean isMember();
    }

    /**
     * Recipients grouped by event loop.
     *
     * @param settled those that are on a WebSocket
     * @param others those that are not on a WebSocket yet
     */
    public record Groups<R extends Recipient>(List<FanOut> settled, List<R> others) {
        public Groups {
            settled = List.copyOf(settled);
            others = List.copyOf(others);
        }

        /** Whether one of the others is now on a WebSocket. */
        public boolean isOutdated() {
            return others.stream().anyMatch(other -> other.session().deliveries() != null);
        }
    }

    /**
     * A recipient together with the objects that it leads to. A broadcast then need not follow one to find the next,
     * each far away in memory.
     */
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
     * Sends a message to all recipients except some. The caller keeps its own reference to the message. Any thread.
     *
     * @param isVolatile whether a recipient that cannot take it now misses it
     */
    public void send(OutboundMessage message, Set<?> except, boolean isVolatile) {
        deliveries.add(new Shared(message.retain(), receivers, except, isVolatile));
    }

    /** A message on its way to many recipients. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
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
