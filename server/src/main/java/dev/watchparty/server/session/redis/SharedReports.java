package dev.watchparty.server.session.redis;

import dev.watchparty.server.eventloop.Window;
import dev.watchparty.server.session.ReportInterval;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Tells the other nodes of a room how the players of this node's sockets are, the changes of an interval together, and asks
 * them for theirs. Nothing is stored and nothing has a version: the next message makes up for one that is lost.
 *
 * <p>INVARIANT: its monitor is taken before that of the replica, never after it.
 */
final class SharedReports {
    /** The reports of one message, some 40 KB. The others go with the next. */
    private static final int MAX_TOLD = 500;

    private final Replica replica;
    private final String node;
    private final Consumer<byte[]> publisher;
    private final Window window;
    private final Set<String> waiting = new LinkedHashSet<>(); // sockets of this node

    /** @param publisher sends a message to all nodes of the room, or does nothing while that is not possible */
    SharedReports(Replica replica, String node, Consumer<byte[]> publisher, ScheduledExecutorService timer) {
        this.replica = replica;
        this.node = node;
        this.publisher = publisher;
        this.window = new Window(
                this,
                () -> ReportInterval.of(replica.state().roster().participants().size()),
                this::flush,
                timer);
    }

    /** A socket of this node has reported. */
    synchronized void changed(String socketId) {
        waiting.add(socketId);
        settle();
    }

    /** Messages may have been missed in both directions. */
    void exchange() {
        publisher.accept(RoomMessage.question(replica.room(), node));
        tellAll();
    }

    private synchronized void tellAll() {
        waiting.addAll(replica.reporting());
        settle();
    }

    /** Takes a message of a node. */
    void receive(RoomMessage message) {
        if (message.isBy(node)) {
            return; // the echo of its own
        }
        if (message.isQuestion()) {
            tellAll();
        } else {
            for (ReportDocument document : message.reports()) {
                document.toReport().ifPresent(report -> replica.hear(document.socketId(), report));
            }
        }
    }

    private void settle() {
        if (!window.isOpen()) {
            window.flushAndOpen();
        }
    }

    private boolean flush() {
        List<ReportDocument> told = new ArrayList<>();
        for (Iterator<String> next = waiting.iterator(); next.hasNext() && told.size() < MAX_TOLD; next.remove()) {
            String socketId = next.next();
            replica.ownReport(socketId).ifPresent(report -> told.add(ReportDocument.of(socketId, report)));
        }
        if (!told.isEmpty()) {
            publisher.accept(RoomMessage.reports(replica.room(), node, told));
        }
        return !told.isEmpty();
    }
}
