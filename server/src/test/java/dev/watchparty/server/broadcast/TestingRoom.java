package dev.watchparty.server.broadcast;

import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.TestingClock;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.memory.MemoryStore;
import dev.watchparty.server.session.memory.TestingMemoryStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A room of the real store with the broadcaster behind it, and a timer that runs on demand. */
final class TestingRoom {
    private static final RoomId ROOM = RoomId.DEFAULT;

    final TestingTimer timer = new TestingTimer();
    final TestingBroadcasts sent = new TestingBroadcasts();
    private final TestingClock clock = new TestingClock(1_000_000);
    private final Members members = new Members();
    private final MemoryStore store = TestingMemoryStore.create(clock, timer.executor());
    private final Broadcaster broadcaster;
    private final Map<String, Member> bySocketId = new HashMap<>();
    private final Map<String, Visitor> visitors = new HashMap<>();
    private long arrivals;

    TestingRoom(Duration greetingWindow) {
        broadcaster = new Broadcaster(
                sent,
                members,
                clock,
                new BroadcastFixes(true, true, Optional.empty(), true),
                timer.executor(),
                greetingWindow,
                1000);
        store.subscribe(broadcaster);
    }

    void enter(String socketId, boolean echoes) {
        Member member = new Member(
                TestingBroadcasts.client(socketId),
                ROOM,
                new Arrival(socketId, ++arrivals, echoes),
                PartyDialect.of(1),
                Optional.empty());
        members.add(member);
        bySocketId.put(socketId, member);
        visitors.put(
                socketId,
                store.enter(ROOM, member.arrival()).toCompletableFuture().join());
    }

    void join(String socketId, String username) {
        store.join(ROOM, socketId, new Username(username));
    }

    void apply(String socketId, PlaybackCommand command) {
        store.apply(ROOM, socketId, command);
    }

    /** The connection of a socket is lost, and its participant stays for the grace. */
    void lose(String socketId) {
        members.remove(bySocketId.get(socketId));
        broadcaster.forget(bySocketId.get(socketId));
    }

    void leave(String socketId) {
        store.leave(ROOM, visitors.get(socketId));
    }
}
