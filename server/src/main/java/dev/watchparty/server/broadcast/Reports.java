package dev.watchparty.server.broadcast;

import dev.watchparty.protocol.UserReport;
import dev.watchparty.server.eventloop.Window;
import dev.watchparty.server.session.ReportInterval;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Tells the members of a room how its participants are: the changes of an interval together, each participant once, and
 * only those who are not as they were. A connection that is lost and back within an interval is not told.
 *
 * <p>It keeps nothing but the changes that wait. The store knows how everybody is.
 *
 * <p>INVARIANT: every method is called with the room's monitor held.
 */
final class Reports {
    private final int maxListed;
    private final Consumer<List<UserReport>> teller;
    private final Window window;
    private final Map<String, Change> waiting = new LinkedHashMap<>(); // at most maxListed
    private int participants;
    private boolean hasUntold; // the members have missed changes because the room was too large

    /**
     * A participant who may not be as the members know.
     *
     * @param told as all members know; empty if some know something else
     */
    private record Change(Optional<UserReport> told, UserReport latest) {
        boolean isNews() {
            return !told.equals(Optional.of(latest));
        }
    }

    /**
     * @param monitor the room's monitor
     * @param maxListed in a room with more participants nothing is told, since its members read the list in pages
     * @param teller tells some reports to all members, none of them twice
     */
    Reports(Object monitor, int maxListed, Consumer<List<UserReport>> teller, ScheduledExecutorService timer) {
        this.maxListed = maxListed;
        this.teller = teller;
        this.window = new Window(monitor, () -> ReportInterval.of(participants), this::flush, timer);
    }

    /** A participant is not as before. */
    void changed(Reported event) {
        Snapshot room = event.snapshot();
        participants = room.participants().size();
        if (isSilent(room)) {
            waiting.clear();
            hasUntold = true;
            return;
        }
        if (hasUntold) {
            room.participants()
                    .forEach(each ->
                            waiting.put(each.socketId(), new Change(Optional.empty(), room.reportOf(each.socketId()))));
            hasUntold = false;
        }
        waiting.merge(
                event.after().socketId(),
                new Change(Optional.of(event.before()), event.after()),
                (earlier, now) -> new Change(earlier.told(), now.latest()));
        if (!window.isOpen()) {
            window.open();
        }
    }

    /** Whether nothing is told in a room, because it is too large. */
    boolean isSilent(Snapshot room) {
        return room.participants().size() > maxListed;
    }

    /** Some members have been shown the whole room. They may know more than has been told, or less. */
    void shown(Snapshot room) {
        waiting.replaceAll((socketId, change) -> change.told().equals(Optional.of(room.reportOf(socketId)))
                ? change
                : new Change(Optional.empty(), change.latest()));
    }

    /** A participant has left. */
    void left(String socketId) {
        waiting.remove(socketId);
    }

    private boolean flush() {
        List<UserReport> news = waiting.values().stream()
                .filter(Change::isNews)
                .map(Change::latest)
                .toList();
        waiting.clear();
        if (!news.isEmpty()) {
            teller.accept(news);
        }
        return !news.isEmpty();
    }
}
