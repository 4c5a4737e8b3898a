package dev.watchparty.server.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.PlaybackUpdate;
import dev.watchparty.protocol.SessionInit;
import dev.watchparty.protocol.UserJoined;
import dev.watchparty.protocol.UserLeft;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.socketio.Message;
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

/**
 * Tests which members receive announcements, and when: the broadcaster with the real store, and a timer that runs on
 * demand.
 */
class AnnouncementsTest {
    private final TestingRoom room = new TestingRoom(Duration.ZERO);
    private final TestingTimer timer = room.timer;
    private final TestingBroadcasts sent = room.sent;

    @Test
    void firstAnnouncementIsSentAtOnceAndTheNextOnesTogether() {
        List.of("alice", "bob", "carol", "dave").forEach(this::enter);
        sent.take();
        room.join("alice", "Alice");
        assertThat(sent.take()).containsExactly("alice: session:init", "bob carol dave: session:userJoined");

        room.join("carol", "Carol");
        room.leave("alice");
        assertThat(sent.take()).containsExactly("carol: session:init");
        timer.elapse();
        assertThat(sent.take())
                .containsExactly(
                        "bob dave: session:userJoined", "bob dave: session:userLeft", "carol: session:userLeft");
    }

    @Test
    void memberThatLeavesWithinTheWindowIsForgotten() {
        List.of("alice", "bob").forEach(this::enter);
        room.join("alice", "Alice");
        room.join("bob", "Bob");
        sent.take();
        room.leave("bob");
        timer.elapse();

        assertThat(sent.take()).containsExactly("alice: session:userJoined", "alice: session:userLeft");
    }

    @Test
    void announcementAfterAQuietTimeIsSentAtOnceAgain() {
        List.of("alice", "bob").forEach(this::enter);
        room.join("alice", "Alice");
        room.join("bob", "Bob");
        timer.elapse();
        timer.elapse();
        assertThat(timer.isIdle()).isTrue();
        sent.take();
        room.join("alice", "Alison");

        assertThat(sent.take()).containsExactly("alice: session:init", "bob: session:userJoined");
    }

    @Test
    void otherMessagesFollowTheWaitingAnnouncements() {
        List.of("alice", "bob", "carol").forEach(this::enter);
        room.join("alice", "Alice");
        room.join("bob", "Bob");
        sent.take();
        room.apply("alice", new PlaybackCommand.ChangeVideo(new VideoId("dQw4w9WgXcQ")));

        assertThat(sent.take())
                .containsExactly("alice carol: session:userJoined", "alice bob carol: session:videoChange");
    }

    @Test
    void messageToOneMemberSendsOnlyItsWaitingAnnouncementsFirst() {
        List.of("alice", "bob", "carol").forEach(this::enter);
        room.join("alice", "Alice");
        room.join("bob", "Bob");
        sent.take();
        room.apply("carol", new PlaybackCommand.Pause(Optional.empty())); // the room is paused: an echo

        assertThat(sent.take()).containsExactly("carol: session:userJoined", "carol: session:sync");
        timer.elapse();
        assertThat(sent.take()).containsExactly("alice: session:userJoined");
    }

    @Test
    void manyAnnouncementsNeedFewSendsAndAreBounded() {
        int many = 600;
        enter("watcher");
        for (int i = 0; i < many; i++) {
            enter("socket" + i);
            room.join("socket" + i, "Guest");
        }
        assertThat(sent.received("watcher")).hasSizeGreaterThan(many / 2);
        timer.elapse();
        int before = sent.sends();
        for (int i = 0; i < many; i++) {
            room.leave("socket" + i);
        }
        timer.elapse();
        assertThat(sent.sends() - before).isLessThan(5);
        assertThat(sent.received("watcher")).hasSize(1 + 2 * many);
    }

    /** Each client gets the same packets, in the same order, as if no announcement ever waited. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void waitingChangesOnlyTheTimeOfAnnouncements(long seed) {
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
                room.join(socket, name);
                names.put(socket, name);
                here.forEach(to ->
                        expected.get(to).add(to.equals(socket) ? "init " + names : "joined " + socket + " " + name));
            } else if (choice < 80) {
                room.leave(socket);
                here.remove(socket);
                if (names.remove(socket) != null) {
                    here.forEach(to -> expected.get(to).add("left " + socket));
                }
                assertThat(expected.get(socket).subList(0, received(socket).size()))
                        .isEqualTo(received(socket));
            } else if (choice < 90) {
                timer.elapse();
            } else {
                room.apply(socket, new PlaybackCommand.Seek(Optional.of((double) step)));
                here.forEach(to -> expected.get(to).add("moved " + step));
            }
        }
        timer.elapse();

        assertThat(here).isNotEmpty();
        here.forEach(socket -> assertThat(received(socket)).isEqualTo(expected.get(socket)));
    }

    /** The events that a client has received, as a text for each. */
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
        room.enter(socketId, false);
    }
}
