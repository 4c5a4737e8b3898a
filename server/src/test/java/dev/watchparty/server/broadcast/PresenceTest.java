package dev.watchparty.server.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.PlaybackUpdate;
import dev.watchparty.protocol.SessionInit;
import dev.watchparty.protocol.UserJoined;
import dev.watchparty.protocol.UserLeft;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.InMemorySessionStore;
import dev.watchparty.server.session.Mends;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SavedSessions;
import dev.watchparty.server.session.TestingClock;
import dev.watchparty.server.session.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told when of who comes and goes: the broadcaster behind the real store, and a timer that waits to be told. */
class PresenceTest {
    private static final RoomId ROOM = RoomId.DEFAULT;

    private final TestingClock clock = new TestingClock(1_000_000);
    private final TestingTimer timer = new TestingTimer();
    private final TestingBroadcasts sent = new TestingBroadcasts();
    private final Connections connections = new Connections();
    private final InMemorySessionStore store = new InMemorySessionStore(
            new Mends(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, true),
            new InMemorySessionStore.Limits(10, 2000, Duration.ofMinutes(1)),
            clock,
            SavedSessions.none(),
            timer.executor());
    private long visits;

    PresenceTest() {
        store.subscribe(new Broadcaster(
                sent,
                connections,
                clock,
                new BroadcastMends(true, true, Optional.empty()),
                timer.executor(),
                Duration.ZERO));
    }

    @Test
    void firstIsToldAtOnceAndThoseShortlyAfterTogether() {
        List.of("alice", "bob", "carol", "dave").forEach(this::enter);
        sent.take();
        join("alice", "Alice");
        assertThat(sent.take()).containsExactly("alice: session:init", "bob carol dave: session:userJoined");

        join("carol", "Carol");
        leave("alice");
        assertThat(sent.take()).containsExactly("carol: session:init");
        timer.elapse();
        assertThat(sent.take())
                .containsExactly(
                        "bob dave: session:userJoined", "bob dave: session:userLeft", "carol: session:userLeft");
    }

    @Test
    void whoLeavesWithinTheWindowIsForgotten() {
        List.of("alice", "bob").forEach(this::enter);
        join("alice", "Alice");
        join("bob", "Bob");
        sent.take();
        leave("bob");
        timer.elapse();

        assertThat(sent.take()).containsExactly("alice: session:userJoined", "alice: session:userLeft");
    }

    @Test
    void whatIsQuietAgainIsToldAtOnceAgain() {
        List.of("alice", "bob").forEach(this::enter);
        join("alice", "Alice");
        join("bob", "Bob");
        timer.elapse();
        timer.elapse();
        assertThat(timer.isIdle()).isTrue();
        sent.take();
        join("alice", "Alison");

        assertThat(sent.take()).containsExactly("alice: session:init", "bob: session:userJoined");
    }

    @Test
    void whateverElseIsSaidComesAfterWhatWaits() {
        List.of("alice", "bob", "carol").forEach(this::enter);
        join("alice", "Alice");
        join("bob", "Bob");
        sent.take();
        store.apply(ROOM, "alice", new PlaybackCommand.ChangeVideo(new VideoId("dQw4w9WgXcQ")));

        assertThat(sent.take())
                .containsExactly("alice carol: session:userJoined", "alice bob carol: session:videoChange");
    }

    @Test
    void whatIsSaidToOneComesAfterWhatWaitsForItAndTheOthersGoOnWaiting() {
        List.of("alice", "bob", "carol").forEach(this::enter);
        join("alice", "Alice");
        join("bob", "Bob");
        sent.take();
        store.apply(ROOM, "carol", new PlaybackCommand.Pause(Optional.empty())); // it is paused: an echo

        assertThat(sent.take()).containsExactly("carol: session:userJoined", "carol: session:sync");
        timer.elapse();
        assertThat(sent.take()).containsExactly("alice: session:userJoined");
    }

    @Test
    void manyAreToldInFewSendsAndBeforeTheyAreTooMany() {
        int many = 600;
        enter("watcher");
        for (int i = 0; i < many; i++) {
            enter("socket" + i);
            join("socket" + i, "Guest");
        }
        assertThat(sent.received("watcher")).hasSizeGreaterThan(many / 2);
        timer.elapse();
        int before = sent.sends();
        for (int i = 0; i < many; i++) {
            leave("socket" + i);
        }
        timer.elapse();
        assertThat(sent.sends() - before).isLessThan(5);
        assertThat(sent.received("watcher")).hasSize(1 + 2 * many);
    }

    /** The same packets to each, in the same order, as if nobody ever waited. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void changesNothingForAnybodyBesideTheTime(long seed) {
        Random random = new Random(seed);
        Map<String, List<String>> expected = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        List<String> here = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            int step = i;
            int choice = random.nextInt(100);
            if (here.isEmpty() || (choice < 25 && here.size() < 40)) {
                String socket = "socket" + step;
                here.add(socket);
                enter(socket);
                expected.put(socket, new ArrayList<>(List.of("init " + names)));
                continue;
            }
            String socket = here.get(random.nextInt(here.size()));
            if (choice < 60) {
                String name = "Name" + step;
                join(socket, name);
                names.put(socket, name);
                here.forEach(to ->
                        expected.get(to).add(to.equals(socket) ? "init " + names : "joined " + socket + " " + name));
            } else if (choice < 80) {
                leave(socket);
                here.remove(socket);
                if (names.remove(socket) != null) {
                    here.forEach(to -> expected.get(to).add("left " + socket));
                }
                assertThat(expected.get(socket).subList(0, received(socket).size()))
                        .isEqualTo(received(socket));
            } else if (choice < 90) {
                timer.elapse();
            } else {
                store.apply(ROOM, socket, new PlaybackCommand.Seek(Optional.of((double) step)));
                here.forEach(to -> expected.get(to).add("moved " + step));
            }
        }
        timer.elapse();

        assertThat(here).isNotEmpty();
        here.forEach(socket -> assertThat(received(socket)).isEqualTo(expected.get(socket)));
    }

    /** What a client has been told, a text for each event. */
    private List<String> received(String socket) {
        List<String> told = new ArrayList<>();
        for (Message message : sent.received(socket)) {
            if (message.payload() instanceof SessionInit init) {
                Map<String, String> users = new LinkedHashMap<>();
                init.users().forEach((id, user) -> users.put(id, user.username()));
                told.add("init " + users);
            } else if (message.payload() instanceof UserJoined joined) {
                told.add("joined " + joined.user().socketId() + " "
                        + joined.user().username());
            } else if (message.payload() instanceof UserLeft left) {
                told.add("left " + left.socketId());
            } else if (message.payload() instanceof PlaybackUpdate moved) {
                told.add("moved " + (long) moved.time());
            }
        }
        return told;
    }

    private void enter(String socketId) {
        Visitor visitor = new Visitor(socketId, false, Optional.empty(), ++visits);
        connections.add(new Connection(TestingBroadcasts.client(socketId), ROOM, visitor));
        store.enter(ROOM, visitor);
    }

    private void join(String socketId, String username) {
        store.join(ROOM, socketId, new Username(username));
    }

    private void leave(String socketId) {
        store.leave(ROOM, connections.find(socketId).orElseThrow().visitor());
    }
}
