package dev.watchparty.server.broadcast;

import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.InMemorySessionStore;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SavedSessions;
import dev.watchparty.server.session.TestingClock;
import dev.watchparty.server.session.Visitor;
import java.time.Duration;
import java.util.Optional;

/** A room of the real store with the broadcaster behind it, and a timer that waits to be told. */
final class TestingRoom {
    private static final RoomId ROOM = RoomId.DEFAULT;

    final TestingTimer timer = new TestingTimer();
    final TestingBroadcasts sent = new TestingBroadcasts();
    private final TestingClock clock = new TestingClock(1_000_000);
    private final Members members = new Members();
    private final InMemorySessionStore store = new InMemorySessionStore(
            new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, true),
            new InMemorySessionStore.Limits(10, 2000, Duration.ofMinutes(1)),
            clock,
            SavedSessions.none(),
            timer.executor());
    private final Broadcaster broadcaster;
    private long visits;

    TestingRoom(Duration greetingWindow) {
        broadcaster = new Broadcaster(
                sent,
                members,
                clock,
                new BroadcastFixes(true, true, Optional.empty(), true),
                timer.executor(),
                greetingWindow);
        store.subscribe(broadcaster);
    }

    void enter(String socketId, boolean echoes) {
        Visitor visitor = new Visitor(socketId, echoes, Optional.empty(), Optional.empty(), ++visits);
        members.add(new Member(TestingBroadcasts.client(socketId), ROOM, visitor));
        store.enter(ROOM, visitor);
    }

    void join(String socketId, String username) {
        store.join(ROOM, socketId, new Username(username));
    }

    void apply(String socketId, PlaybackCommand command) {
        store.apply(ROOM, socketId, command);
    }

    /** The connection of a socket is lost, and its owner awaited. */
    void lose(String socketId) {
        broadcaster.forget(members.find(socketId).orElseThrow());
    }

    void leave(String socketId) {
        store.leave(ROOM, members.find(socketId).orElseThrow().visitor());
    }
}
